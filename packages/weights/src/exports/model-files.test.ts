import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { buildModel, modelWeights, specOf } from '@zoo/layers';
import { openTensors } from '@zoo/tensor-files';
import { tinySpec } from '@zoo/testing/tiny-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../load-model.ts';
import { loadWeights } from '../load-weights.ts';
import { saveWeights } from '../save-weights.ts';
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
      expect(report).toMatchObject({ rule: a === '.json' ? 'keras' : 'spec', unused: [] });
      await saveWeights(other, second);
      const back = buildModel(tinySpec, { seed: 3 });
      await loadWeights(back, second);
      expect(numbers(back)).toEqual(numbers(model));
      const file = await openTensors(second);
      const name = b === '.json' ? 'classifier.0/kernel' : 'classifier.0.weight';
      expect(file.tensors.get(name)?.shape).toEqual([7, 24]);
      await file.close();
    },
  );

  it('is one for tf.layers too, as .json', async () => {
    const model = buildModel(tinySpec, { seed: 1 });
    const file = path.join(folder, 'layers.json');
    const files = await saveWeights(model, file, { labels: ['a', 'b', 'c'] });
    const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(await readFile(file, 'utf8'));
    const shards = await Promise.all(files.slice(0, -1).map((shard) => readFile(shard)));
    const weightData = new Uint8Array(Buffer.concat(shards)).buffer;
    const weightSpecs = weightsManifest.flatMap(({ weights }: { weights: tf.io.WeightsManifestEntry[] }) => weights);
    const artifacts = { modelTopology, weightSpecs, weightData, userDefinedMetadata };
    const loaded = await tfl.loadLayersModel(tf.io.fromMemory(artifacts));
    expect(specOf(loaded)).toEqual(tinySpec);
    expect(numbers(loaded)).toEqual(numbers(model));
    const again = await loadModel(file);
    expect(again.labels).toEqual(['a', 'b', 'c']);
    expect(numbers(again.model)).toEqual(numbers(model));
  });

  it('needs an ending that says what to write', async () => {
    await expect(saveWeights(buildModel(tinySpec), path.join(folder, 'a.h5'))).rejects.toThrow(
      /a\.h5: its extension names no format\. Use one of \.pth, \.npz, \.safetensors, \.json, \.onnx\./,
    );
  });
});
