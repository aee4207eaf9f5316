import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { buildModel, modelWeights } from '@zoo/layers';
import { batchNorm, block, conv, dense, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { tinySpec } from '@zoo/testing/tiny-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../load-model.ts';
import { loadWeights } from '../load-weights.ts';

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-tf-layers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes what `model.save` gives, as tf.layers' own handler for files does. */
async function saved(model: tfl.LayersModel, name: string): Promise<string> {
  const file = path.join(folder, `${name}.json`);
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const { weightData, weightSpecs = [], ...json } = artifacts;
      if (!(weightData instanceof ArrayBuffer)) throw new Error('one buffer expected');
      await writeFile(path.join(folder, `${name}.bin`), new Uint8Array(weightData));
      const weightsManifest = [{ paths: [`${name}.bin`], weights: weightSpecs }];
      await writeFile(file, JSON.stringify({ ...json, weightsManifest }));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return file;
}

const logits = (model: tfl.LayersModel, x: tf.Tensor): number[] =>
  tf.tidy(() => {
    const y = model.predict(x);
    if (!(y instanceof tf.Tensor)) throw new Error('one tensor expected');
    return [...y.dataSync()];
  });

const numbers = (model: tfl.LayersModel) => modelWeights(model).map(({ variable }) => [...variable.dataSync()]);

/** Two dense layers of as many inputs as units each, whose shapes alone do not say which axis is which. */
const spec: ModelSpec = {
  ...tinySpec,
  input: [4, 4, 2],
  classes: 12,
  layers: [
    block('features', [conv(3, 3, { padding: 1 }), relu(), maxPool(2, 2)]),
    flatten({ call: true }),
    block('classifier', [dense(12), relu(), dense('classes')]),
  ],
};

describe('a model.json', () => {
  it("of stock tf.layers gives its logits in the zoo's network", async () => {
    const normal = { kernelInitializer: 'randomNormal', biasInitializer: 'randomNormal' } as const;
    const stock = tfl.sequential({
      layers: [
        tfl.layers.conv2d({
          name: 'features.0',
          inputShape: [4, 4, 2],
          filters: 3,
          kernelSize: 3,
          padding: 'same',
          activation: 'relu',
          ...normal,
        }),
        tfl.layers.maxPooling2d({ poolSize: 2, strides: 2 }),
        tfl.layers.flatten(),
        tfl.layers.dense({ name: 'classifier.0', units: 12, activation: 'relu', ...normal }),
        tfl.layers.dense({ name: 'classifier.2', units: 12, ...normal }),
      ],
    });
    // Initial values of tf.layers are too small to tell logits apart.
    stock.setWeights(stock.getWeights().map((weight) => tf.mul(weight, 20)));
    const model = buildModel(spec, { seed: 1 });
    const report = await loadWeights(model, await saved(stock, 'stock'));
    expect(report).toMatchObject({ rule: 'keras', certainty: 'names', unused: [] });
    expect(report.mapping.map(({ steps }) => steps.join())).toEqual([
      '',
      '',
      'IO to OI,HWC to CHW',
      '',
      'IO to OI',
      '',
    ]);
    const x = tf.randomNormal([3, 4, 4, 2], 0, 1, 'float32', 5);
    const [actual, expected] = [logits(model, x), logits(stock, x)];
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(1);
    for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 4);
  });

  it.each([undefined, 'channelsFirst'] as const)(
    'of maps with channels first, flattened as %s, says so',
    async (flattened) => {
      const dataFormat = 'channelsFirst';
      const normal = { kernelInitializer: 'randomNormal', biasInitializer: 'randomNormal' } as const;
      const first = { inputShape: [2, 4, 4], filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' } as const;
      const stock = tfl.sequential({
        layers: [
          tfl.layers.conv2d({ name: 'features.0', ...first, inputShape: [...first.inputShape], dataFormat, ...normal }),
          tfl.layers.maxPooling2d({ poolSize: 2, strides: 2, dataFormat }),
          tfl.layers.flatten(flattened && { dataFormat: flattened }),
          tfl.layers.dense({ name: 'classifier.0', units: 12, activation: 'relu', ...normal }),
          tfl.layers.dense({ name: 'classifier.2', units: 12, ...normal }),
        ],
      });
      stock.setWeights(stock.getWeights().map((weight) => tf.mul(weight, 20)));
      const model = buildModel(spec, { seed: 1 });
      const { mapping } = await loadWeights(model, await saved(stock, `first-${flattened}`));
      expect(mapping[2]?.steps).toEqual(flattened ? ['IO to OI', 'HWC to CHW'] : ['IO to OI']);
      const x = tf.randomNormal([3, 4, 4, 2], 0, 1, 'float32', 5);
      const [actual, expected] = [logits(model, x), logits(stock, tf.transpose(x, [0, 3, 1, 2]))];
      for (const [index, value] of expected.entries())
        expect(Math.abs((actual[index] ?? Number.NaN) - value)).toBeLessThan(
          1e-4 * Math.max(...expected.map(Math.abs)),
        );
    },
  );

  it('of other strides is refused', async () => {
    const stock = tfl.sequential({
      layers: [
        tfl.layers.conv2d({
          name: 'features.0',
          inputShape: [4, 4, 2],
          filters: 3,
          kernelSize: 3,
          strides: 2,
          padding: 'same',
        }),
        tfl.layers.flatten(),
        tfl.layers.dense({ name: 'classifier.0', units: 12 }),
        tfl.layers.dense({ name: 'classifier.2', units: 12 }),
      ],
    });
    await expect(loadWeights(buildModel(spec), await saved(stock, 'strides'))).rejects.toThrow(
      /features\.0 \(Conv2D\) has windows 3 wide, stride 2, 0 zeros before, 2 places, but features\.0 of test\/tiny has windows 3 wide, stride 1, 1 zero before, 4 places/,
    );
  });

  it('of a model of the zoo that tf.layers saved comes back bit for bit, spec included', async () => {
    const own: ModelSpec = {
      ...spec,
      layers: [block('features', [conv(3, 3), batchNorm()]), flatten({ call: true }), block('net', [dense('classes')])],
    };
    const model = buildModel(own, { seed: 3 });
    const file = await saved(model, 'own');
    const other = buildModel(own, { seed: 4 });
    expect(numbers(other)).not.toEqual(numbers(model));
    const report = await loadWeights(other, file);
    expect(report.mapping.every(({ steps }) => steps.length === 0)).toBe(true);
    expect(numbers(other)).toEqual(numbers(model));
    const loaded = await loadModel(file);
    expect(loaded.labels).toEqual([]);
    expect(numbers(loaded.model)).toEqual(numbers(model));
  });
});
