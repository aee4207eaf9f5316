import { readTfjs } from './codecs/tfjs/read-tfjs.ts';
import { type Open, opener } from './open-file.ts';

export { tfjsFiles } from './codecs/tfjs/tfjs-files.ts';
export type * from './types.ts';

/**
 * Opens a model.json of TensorFlow.js with its shards: beside its address, or among the Files of a list.
 *
 * @throws ZooError as `openTensors`; `not-found` when a shard is missing.
 */
export const openTfjs: Open = opener('tfjs', readTfjs);
