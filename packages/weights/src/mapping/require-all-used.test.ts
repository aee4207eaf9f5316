import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { smallSpecs } from '@zoo/testing/small-spec';
import { tensorFile } from '@zoo/testing/tensor-file';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FillOptions, fillModel } from '../load-weights.ts';
import { laidOutWeights } from '../model-tensors.ts';

beforeAll(() => tf.setBackend('cpu'));

function load(more: Readonly<Record<string, readonly number[]>>, options: FillOptions = {}, prefix = '') {
  const model = buildModel(smallSpecs.plain, { seed: 1 });
  const shapes = [
    ...laidOutWeights(model).map(({ name, shape }) => [`${prefix}${name}`, shape] as const),
    ...Object.entries(more),
  ];
  const named = shapes.map(([name, shape]) => ({
    name,
    shape,
    data: () => new Float32Array(shape.reduce((a, b) => a * b, 1)),
  }));
  return fillModel(model, tensorFile(named), options);
}

describe('tensors of a layer that the model has no place for', () => {
  it.each<[string, Record<string, readonly number[]>]>([
    ['a mask', { 'classifier.0.mask': [8, 24] }],
    ['a slope', { 'classifier.0.slope': [8] }],
  ])('%s are refused by name, and left out on request', async (_, more) => {
    const [first = ''] = Object.keys(more);
    await expect(load(more)).rejects.toThrow(
      new RegExp(`${first} belongs to a layer whose weights are taken, but test/plain has no place for it`),
    );
    expect((await load(more, { computation: 'ignore' })).unused).toEqual(Object.keys(more));
  });

  it.each<[string, Record<string, readonly number[]>, string]>([
    [
      'without alpha',
      { 'classifier.0.lora_A': [2, 24], 'classifier.0.lora_B': [8, 2] },
      'alpha, by which it counts, is not in the file',
    ],
    [
      'of other shapes',
      { 'classifier.0.lora_A': [2, 23], 'classifier.0.lora_B': [8, 2] },
      'its factors of [2,23] and [8,2] do not give [8,24]',
    ],
    ['without a second factor', { 'classifier.0.lora_A.default.weight': [2, 24] }, 'it is not of a kind that is read'],
    ['of another kind', { 'classifier.0.lokr_w1': [2, 24] }, 'it is not of a kind that is read'],
  ])('low-rank updates %s are refused with the reason, and left out on request', async (_, more, why) => {
    await expect(load(more)).rejects.toThrow(
      `is a low-rank update that is not applied: ${why}. Merge it into the weights`,
    );
    expect((await load(more, { computation: 'ignore' })).unused).toEqual(Object.keys(more));
  });

  it.each(['', 'module.'])('a slope where the model has a plain ReLU (%s)', async (prefix) => {
    await expect(load({ [`${prefix}features.1.weight`]: [1] }, {}, prefix)).rejects.toThrow(
      new RegExp(`${prefix}features\\.1\\.weight is a weight of ${prefix}features\\.1, which has none in test/plain`),
    );
  });

  it('are none of an optimiser, of rounding, or of other parts', async () => {
    const more = {
      'features.0.scale': [],
      'features.0.weight_fake_quant.scale': [1],
      'features.0.activation_post_process.min_val': [1],
      'features.0.weight.exp_avg': [4, 3, 3, 3],
      'aux.weight': [8, 8],
    };
    expect((await load(more)).unused).toEqual(Object.keys(more));
  });
});
