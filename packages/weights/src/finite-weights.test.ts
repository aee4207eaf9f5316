import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { tensorFile } from '@zoo/testing/tensor-file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillModel, loadWeights, modelBytes, saveWeights } from './index.ts';
import { modelTensors } from './model-tensors.ts';

const spec = specWith([relu()], [2, 2, 1]);

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-finite-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A model with one value of its last bias broken. */
function brokenModel(value: number) {
  const model = buildModel(spec);
  const last = modelWeights(model).at(-1);
  if (!last) throw new Error('the model has no weights');
  const values = last.variable.dataSync().slice();
  values[values.length - 1] = value;
  last.variable.assign(tf.tensor(values, last.variable.shape));
  return { model, name: last.name };
}

describe('weights that are not finite', () => {
  it.each(['.safetensors', '.pth', '.npz', '.json', '.onnx'])(
    'are not saved as %s, and the file of before stays',
    async (ending) => {
      const file = path.join(folder, `model${ending}`);
      await saveWeights(buildModel(spec), file);
      const before = await readFile(file);
      const { model } = brokenModel(Number.NaN);
      await expect(saveWeights(model, file)).rejects.toThrow(
        /bias: holds NaN, expected finite values, so the model is not saved\. Its training has diverged/,
      );
      expect(await readFile(file)).toEqual(before);
    },
  );

  it('are not given as bytes', async () => {
    const { model, name } = brokenModel(Number.POSITIVE_INFINITY);
    const all = async () => {
      for await (const _ of modelBytes(model));
    };
    await expect(all()).rejects.toMatchObject({
      code: 'not-finite',
      message: expect.stringContaining(`${name}: holds Infinity`),
    });
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])('are refused when they are loaded: %s', async (value) => {
    const tensors = modelTensors(buildModel(spec));
    const name = tensors.at(-1)?.name ?? '';
    const broken = tensors.map((tensor) =>
      tensor.name === name
        ? { ...tensor, data: () => new Float32Array(tensor.shape.reduce((a, b) => a * b, 1)).fill(value) }
        : tensor,
    );
    await expect(fillModel(buildModel(spec), tensorFile(broken, 'last.pth'))).rejects.toMatchObject({
      code: 'not-finite',
      message: `last.pth: ${name} holds ${value}, expected finite values. The training that wrote it has diverged: use an earlier checkpoint, or train again with a lower learning rate.`,
    });
  });

  it('are refused where a file is read in parts, too', async () => {
    const file = path.join(folder, 'parts.safetensors');
    await saveWeights(buildModel(spec), file);
    const bytes = new Uint8Array(await readFile(file));
    // The last number of the file.
    new DataView(bytes.buffer, bytes.byteOffset).setFloat32(bytes.length - 4, Number.NaN, true);
    await expect(loadWeights(buildModel(spec), bytes)).rejects.toThrow(/holds NaN, expected finite values/);
  });

  it('do no harm in a tensor that nobody asks for', async () => {
    const tensors = [
      ...modelTensors(buildModel(spec)),
      { name: 'best_loss', shape: [1], data: () => Float32Array.of(Number.POSITIVE_INFINITY) },
    ];
    expect((await fillModel(buildModel(spec), tensorFile(tensors))).unused).toEqual(['best_loss']);
  });
});
