import type { Bomb } from './bomb.ts';
import { hdf5Bombs, kerasBombs } from './bombs/hdf5.ts';
import { npyBombs, npzBombs } from './bombs/numpy.ts';
import { pictureBombs } from './bombs/pictures.ts';
import { caffeBombs, onnxBombs } from './bombs/protobuf.ts';
import { pickleBombs, pytorchBombs, zipBombs } from './bombs/pytorch.ts';
import { labelsBombs, recordBombs, runPicturesBombs } from './bombs/runs.ts';
import { indexBombs, safetensorsBombs } from './bombs/safetensors.ts';
import { cifarBombs, gzipBombs, idxBombs, tarBombs, wheelBombs } from './bombs/sets.ts';
import { eventFileBombs, shardBombs } from './bombs/shards.ts';
import { modelBombs, recipeBombs, specBombs } from './bombs/specs.ts';
import { tfjsBombs } from './bombs/tfjs.ts';

/** Every bomb, for every reader of files from elsewhere. */
export const bombs: readonly Bomb[] = [
  ...safetensorsBombs,
  ...indexBombs,
  ...pickleBombs,
  ...pytorchBombs,
  ...zipBombs,
  ...npyBombs,
  ...npzBombs,
  ...hdf5Bombs,
  ...kerasBombs,
  ...onnxBombs,
  ...caffeBombs,
  ...tfjsBombs,
  ...specBombs,
  ...modelBombs,
  ...recipeBombs,
  ...recordBombs,
  ...runPicturesBombs,
  ...labelsBombs,
  ...pictureBombs,
  ...idxBombs,
  ...cifarBombs,
  ...gzipBombs,
  ...tarBombs,
  ...wheelBombs,
  ...shardBombs,
  ...eventFileBombs,
];
