/**
 * What is fuzzed, by the ending of the names of its seeds: all that have it are its corpus. Pictures of formats that a native library
 * decodes are not: the fuzzer does not see which branches of it they reach.
 */
export const fuzzedKinds = [
  'legacy.pth',
  '.pth',
  '.safetensors',
  '.npy',
  '.npz',
  '.h5',
  '.keras',
  '.onnx',
  '.caffemodel',
  '.binaryproto',
  'index.json',
  'model.json',
  'spec.json',
  'a.bmp',
  'a.tif',
  'ubyte',
  'a.tgz',
  'shard.tar',
  'a.tfevents',
  'a.whl',
  'a.gz',
  'batch.bin',
  'recipe.json',
  'run.json',
  'pictures.jsonl',
  'labels.txt',
  'labels.json',
] as const;

export type FuzzedKind = (typeof fuzzedKinds)[number];

/** Of a seed's name: the first ending that fits. */
export const kindOf = (name: string): FuzzedKind | undefined => fuzzedKinds.find((ending) => name.endsWith(ending));
