import { isZooError } from '@zoo/core';
import { decodeImage } from '@zoo/loaders';
import { parseSpec } from '@zoo/spec';
import { elements, openTensors } from '@zoo/tensor-files';
import { readIdx } from '../../packages/loaders/src/sets/idx.ts';

// What a fuzzer that knows nothing of formats calls with bytes that it makes up, led by which branches they reach: see fuzz.ts.

/** The name of the seed, which the bundle of each reader has. */
declare const fuzzedName: string;
const name = fuzzedName;

async function weights(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const file = await openTensors(new File([bytes], name));
  for (const tensor of [...file.tensors.values()].slice(0, 3)) {
    const { length } = await tensor.read();
    if (length !== elements(tensor.shape)) throw new Error(`${length} elements of [${tensor.shape}]`);
  }
  await file.close();
}

/** By the ending of the name; anything else is weights. */
const targets: readonly (readonly [RegExp, (bytes: Uint8Array<ArrayBuffer>) => unknown])[] = [
  [/\.(bmp|tif|png)$/, (bytes) => decodeImage(bytes)],
  [/ubyte$/, (bytes) => readIdx(name, bytes)],
  [
    /spec\.json$/,
    (bytes) => {
      let value: unknown;
      try {
        value = JSON.parse(new TextDecoder().decode(bytes));
      } catch {
        return;
      }
      return parseSpec(value, name);
    },
  ],
];
const target = targets.find(([ending]) => ending.test(name))?.[1] ?? weights;

/** Anything but a ZooError is found. */
export async function fuzz(data: Uint8Array): Promise<void> {
  try {
    await target(new Uint8Array(data));
  } catch (error) {
    if (!isZooError(error)) throw error;
  }
}
