import { ZooError } from '@zoo/core';
import { type MeteredBytes, metered } from '../meter.ts';
import { ofBlob } from './of-blob.ts';
import type { FileSource } from './tensor-source.ts';

/** Finds the format of a file that is open, and throws for none. */
type Choose = (bytes: MeteredBytes) => Promise<{ name: string }>;

const maxManifestBytes = 100_000_000;

/** A model.json, a manifest alone, or the index of shards; not the config.json of something else. */
const isManifest = async (file: File): Promise<boolean> =>
  /\.json$/i.test(file.name) &&
  file.size <= maxManifestBytes &&
  /"(?:modelTopology|weightsManifest|paths|weight_map)"\s*:/.test(await file.text());

/** Rank of a file among several: 0 for one that names the others, 3 for one without tensors. */
async function rankOf(file: File, choose: Choose): Promise<number> {
  if (await isManifest(file)) return 0;
  if (/\.onnx$/i.test(file.name)) return 1;
  if (/\.(?:json|md|txt)$/i.test(file.name)) return 3;
  return choose(metered(ofBlob(file))).then(
    ({ name }) => (name === 'tfjs' ? 3 : 2),
    () => 3,
  );
}

/** The file that holds the tensors or names those that do, where several are given, and all of them. */
export async function firstFile(
  source: Iterable<File>,
  choose: Choose,
): Promise<{ first: FileSource; others: readonly File[] }> {
  const others = [...source];
  const ranks = others.length > 1 ? await Promise.all(others.map((file) => rankOf(file, choose))) : [0];
  const first = others[ranks.indexOf(Math.min(...ranks))];
  if (first === undefined) throw new ZooError('usage', 'openTensors: is given no files. Give at least one.');
  return { first, others };
}
