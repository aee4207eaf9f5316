import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { block, conv, dense, flatten, type ModelSpec, relu } from '@zoo/spec';
import { openTensors } from '@zoo/tensor-files';
import { describeOnBackends } from '@zoo/testing/backends';
import { tensorFile } from '@zoo/testing/tensor-file';
import { tinySpec } from '@zoo/testing/tiny-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillModel, loadWeights } from '../load-weights.ts';
import { modelTensors } from '../model-tensors.ts';
import { saveWeights } from '../save-weights.ts';

/** Weights of several pieces each: filters, which change their order, and dense ones, which do not. */
const spec: ModelSpec = {
  ...tinySpec,
  input: [3, 3, 300],
  preprocessing: { ...tinySpec.preprocessing, mean: Array(300).fill(0), std: Array(300).fill(1) },
  layers: [
    block('features', [conv(130, 3), relu()]),
    flatten({ call: true }),
    block('classifier', [dense(1100), dense(1000), dense('classes')]),
  ],
};

const endings = ['.safetensors', '.pth', '.npz', '.json'];

let folder = '';
let expected: Float32Array[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-fill-'));
  await tf.setBackend('cpu');
  const model = buildModel(spec, { seed: 1 });
  for (const ending of endings) await saveWeights(model, path.join(folder, `big${ending}`));
  expected = await Promise.all(modelTensors(model).map(async ({ data }) => data()));
  model.dispose();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whether two arrays are the same, without a list of a million differences. */
const same = (a: Float32Array | undefined, b: Float32Array | undefined): boolean =>
  a?.length === b?.length && a?.every((value, index) => value === b?.[index]) === true;

/** Where the tensors of a safetensors file lie in it, in bytes. */
function placesIn(file: Uint8Array): { name: string; start: number; end: number }[] {
  const data = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header: Record<string, { data_offsets?: [number, number] }> = JSON.parse(
    new TextDecoder().decode(file.subarray(8, data)),
  );
  return Object.entries(header).flatMap(([name, { data_offsets: [start, end] = [0, 0] }]) =>
    end > start ? [{ name, start: data + start, end: data + end }] : [],
  );
}

describeOnBackends('a large checkpoint', () => {
  it.each(endings)('of %s fills a model bit for bit', async (ending) => {
    const model = buildModel(spec, { seed: 2 });
    await loadWeights(model, path.join(folder, `big${ending}`));
    const found = await Promise.all(modelTensors(model).map(async ({ data }) => data()));
    expect(found.map((values, index) => same(values, expected[index]))).toEqual(expected.map(() => true));
    model.dispose();
  });

  it('is refused for one number that is not finite, wherever it stands', async () => {
    const model = buildModel(spec, { seed: 2 });
    const good = new Uint8Array(await readFile(path.join(folder, 'big.safetensors')));
    for (const { name, start, end } of placesIn(good))
      for (const [at, value] of [
        [start, Number.NaN],
        [end - 4, Number.NEGATIVE_INFINITY],
      ] as const) {
        const bad = good.slice();
        new DataView(bad.buffer).setFloat32(at, value, true);
        await expect(loadWeights(model, new File([bad], 'a.safetensors'))).rejects.toThrow(
          `a.safetensors: ${name} holds ${value}, expected finite values.`,
        );
      }
    model.dispose();
  });

  it('may hold numbers so large that their sum overflows', async () => {
    const model = buildModel(spec, { seed: 2 });
    const bytes = new Uint8Array(await readFile(path.join(folder, 'big.safetensors')));
    const [first] = placesIn(bytes).sort((a, b) => a.start - b.start);
    new Float32Array(bytes.buffer, bytes.byteOffset + (first?.start ?? 0)).fill(3e38);
    await loadWeights(model, bytes);
    for (const { variable } of modelWeights(model))
      expect(new Set(await variable.data())).toEqual(new Set([Math.fround(3e38)]));
    model.dispose();
  });

  it('fills one that has computed, from a Blob', async () => {
    const model = buildModel(spec, { seed: 2 });
    tf.tidy(() => void model.predict(tf.ones([1, 3, 3, 300])));
    await loadWeights(model, new Blob([await readFile(path.join(folder, 'big.safetensors'))]));
    const found = await Promise.all(modelTensors(model).map(async ({ data }) => data()));
    expect(found.map((values, index) => same(values, expected[index]))).toEqual(expected.map(() => true));
    model.dispose();
  });
});

describe('a file that breaks off while it is read', () => {
  it('is an error, and leaves nobody writing into the model', async () => {
    await tf.setBackend('wasm');
    const model = buildModel(spec, { seed: 2 });
    const file = await openTensors(path.join(folder, 'big.safetensors'));
    let parts = 0;
    let pending = 0;
    const tensors = [...file.tensors.values()].map((tensor) => ({
      ...tensor,
      async readPart(...args: Parameters<NonNullable<typeof tensor.readPart>>) {
        const number = ++parts;
        pending += 1;
        try {
          const values = await tensor.readPart?.(...args);
          if (number === 4 || !values) throw new Error('the disk is gone');
          return values;
        } finally {
          pending -= 1;
        }
      },
    }));
    const broken = { ...tensorFile([]), tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])) };
    await expect(fillModel(model, broken)).rejects.toThrow('the disk is gone');
    expect(pending).toBe(0);
    // Loaded again, it is whole.
    await fillModel(model, file);
    const found = modelWeights(model).at(-1)?.variable.dataSync();
    expect(same(Float32Array.from(found ?? []), expected.at(-1))).toBe(true);
    await file.close();
    model.dispose();
  });
});
