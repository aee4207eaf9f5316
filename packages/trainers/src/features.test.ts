import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { avgPool, block, conv, dense, dropout, flatten, type ModelSpec } from '@zoo/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { classify, features, sgd } from './index.ts';

beforeAll(() => tf.setBackend('cpu'));

const spec: ModelSpec = {
  family: 'test',
  preset: 'features',
  title: 'Two filters that copy',
  source: 'this file',
  className: 'Features',
  input: [2, 4, 1],
  classes: 2,
  preprocessing: { range: 255, mean: [0], std: [1], channels: 'rgb' },
  init: { weight: 'xavier-uniform', bias: 0 },
  recipe: {
    source: 'this file',
    epochs: 1,
    batchSize: 1,
    optimizer: sgd({ learningRate: 0.1 }),
    schedule: { kind: 'constant' },
    augment: [],
  },
  layers: [
    block('features', [conv(2, 1, { caffe: 'conv1' }), avgPool(2, 2)]),
    flatten({ name: 'flat' }),
    dropout(0.5, { name: 'drop' }),
    dense('classes', { name: 'head', caffe: 'fc2' }),
  ],
};

/** The first map is the picture, the second the picture times ten and one. */
function copying() {
  const model = buildModel(spec);
  const [filters, bias] = modelWeights(model);
  filters?.variable.assign(tf.tensor([1, 10], [1, 1, 1, 2]));
  bias?.variable.assign(tf.tensor1d([0, 1]));
  return model;
}

const picture = { pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), height: 2, width: 4, channels: 1 };

describe('features', () => {
  it('are those of the layer, channels first', async () => {
    const model = copying();
    const before = tf.memory().numTensors;
    expect(await features(model, picture, { layer: 'features.0' })).toEqual({
      shape: [2, 2, 4],
      values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 21, 31, 41, 51, 61, 71, 81),
    });
    const pooled = { shape: [2, 1, 2], values: Float32Array.of(3.5, 5.5, 36, 56) };
    expect(await features(model, picture, { layer: 'features.1' })).toEqual(pooled);
    expect(await features(model, picture, { layer: 'features' })).toEqual(pooled);
    expect(await features(model, picture, { layer: 'pool1' })).toEqual(pooled);
    // Dropout does nothing outside training, and a flattened picture keeps its channels together.
    expect(await features(model, picture, { layer: 'drop' })).toEqual({ ...pooled, shape: [4] });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('of the last layer are the logits', async () => {
    const model = copying();
    const { shape, values } = await features(model, picture, { layer: 'fc2' });
    expect(shape).toEqual([2]);
    const [first, second] = values;
    const [best] = await classify(model, picture);
    expect(best?.label).toBe((first ?? 0) > (second ?? 0) ? '0' : '1');
  });

  it('are asked for by a name of the network, and need its channels', async () => {
    await expect(features(copying(), picture, { layer: 'features.7' })).rejects.toThrow(
      'features.7: test/features has no such layer; did you mean features.0? Layers: features.0, features.1, flat, drop, head.',
    );
    await expect(features(copying(), { ...picture, channels: 3 }, { layer: 'head' })).rejects.toThrow(
      'features: the picture has 3 channels, but test/features takes 1. Decode it with that many.',
    );
  });
});
