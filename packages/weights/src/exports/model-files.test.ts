import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadWeights } from '../load-weights.ts';
import { openTensors } from '../open-tensors.ts';
import { saveWeights } from '../save-weights.ts';
import { tinySpec } from '../testing/tiny-spec.ts';
import { writableEndings } from './model-files.ts';

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const numbers = (model: ReturnType<typeof buildModel>) =>
  modelWeights(model).map(({ variable }) => [...variable.dataSync()]);

describe('a model', () => {
  const endings = writableEndings();

  it('can be written as what others read', () => {
    expect(endings).toEqual(['.pth', '.npz', '.safetensors', '.json', '.onnx']);
  });

  it.each(endings.flatMap((a) => endings.map((b) => [a, b])))(
    'goes to %s, to %s and back, bit for bit',
    async (a, b) => {
      const model = buildModel(tinySpec, { seed: 1 });
      const other = buildModel(tinySpec, { seed: 2 });
      const [first, second] = [path.join(folder, `first${a}`), path.join(folder, `second${b}`)];
      await saveWeights(model, first);
      const report = await loadWeights(other, first);
      expect(report).toMatchObject({ rule: 'spec', unused: [] });
      await saveWeights(other, second);
      const back = buildModel(tinySpec, { seed: 3 });
      await loadWeights(back, second);
      expect(numbers(back)).toEqual(numbers(model));
      const file = await openTensors(second);
      expect(file.tensors.get('classifier.0.weight')?.shape).toEqual([7, 24]);
      await file.close();
    },
  );

  it('needs an ending that says what to write', async () => {
    await expect(saveWeights(buildModel(tinySpec), path.join(folder, 'a.h5'))).rejects.toThrow(
      /a\.h5: has no ending that says how weights are to be written\. Give it one of \.pth, \.npz, \.safetensors, \.json, \.onnx\./,
    );
  });
});
