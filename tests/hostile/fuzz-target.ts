import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { isZooError } from '@zoo/core';
import { decodeImage, webDataset } from '@zoo/loaders';
import { parseRecipe, parseSpec } from '@zoo/spec';
import { elements, openTensors } from '@zoo/tensor-files';
import { readLabels } from '../../apps/cli/src/run/read-labels.ts';
import { readRunPictures } from '../../apps/cli/src/run/run-pictures.ts';
import { readRunRecord } from '../../apps/cli/src/run/run-record.ts';
import { unpackGzip } from '../../packages/fetch/src/packages/gzip.ts';
import { tarEntries } from '../../packages/fetch/src/packages/tar-entries.ts';
import { zipEntries } from '../../packages/fetch/src/packages/zip-entries.ts';
import { readBatches } from '../../packages/loaders/src/sets/cifar-batch.ts';
import { readIdx } from '../../packages/loaders/src/sets/idx.ts';
import type { FuzzedKind } from './fuzzed.ts';
import { goOnIn } from './go-on-in.ts';

// What a fuzzer that knows nothing of formats calls with bytes that it makes up, led by which branches they reach: see fuzz.ts.

/** What is fuzzed, which the bundle of each has. */
declare const fuzzedKind: FuzzedKind;

type Target = (bytes: Uint8Array<ArrayBuffer>, name: string) => unknown;

const weights: Target = async (bytes, name) => {
  const file = await openTensors(new File([bytes], name));
  for (const tensor of [...file.tensors.values()].slice(0, 3)) {
    const { length } = await tensor.read();
    if (length !== elements(tensor.shape)) throw new Error(`${length} elements of [${tensor.shape}]`);
  }
  await file.close();
};

/** JSON that is none is refused before its values are looked at. */
const json =
  (parse: (value: unknown, name: string) => unknown): Target =>
  (bytes, name) => {
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return;
    }
    parse(value, name);
  };

let folder: string | undefined;
/** Of a reader that takes a path. */
const inFile =
  (read: (path: string) => Promise<unknown>): Target =>
  (bytes, name) => {
    folder ??= mkdtempSync(path.join(os.tmpdir(), 'zoo-fuzz-'));
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return read(file);
  };

const wanted = new Map([['folder/a.bin', 2 ** 20]]);
const targets: Partial<Readonly<Record<FuzzedKind, Target>>> = {
  'a.bmp': (bytes) => decodeImage(bytes),
  'a.tif': (bytes) => decodeImage(bytes),
  ubyte: (bytes, name) => readIdx(name, bytes),
  'batch.bin': (bytes) => readBatches([bytes]),
  'spec.json': json(parseSpec),
  'recipe.json': json(parseRecipe),
  'run.json': inFile(readRunRecord),
  'pictures.jsonl': inFile(readRunPictures),
  'labels.txt': inFile((path) => readLabels(path, () => {})),
  'labels.json': inFile((path) => readLabels(path, () => {})),
  'a.gz': (bytes) => unpackGzip(bytes, 2 ** 20),
  // What is inside gzip, whose checksum no fuzzer guesses.
  'a.tgz': (bytes, name) => inFile((file) => tarEntries(file, wanted))(new Uint8Array(gzipSync(bytes)), name),
  'shard.tar': (bytes, name) => webDataset(new File([bytes], name)),
  'a.tfevents': (bytes) => goOnIn(bytes),
  'a.whl': inFile((file) => zipEntries(file, wanted)),
};

/** Anything but a ZooError is found. */
export async function fuzz(data: Uint8Array): Promise<void> {
  try {
    await (targets[fuzzedKind] ?? weights)(new Uint8Array(data), fuzzedKind);
  } catch (error) {
    if (!isZooError(error)) throw error;
  }
}
