import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { dense, flatten, type ModelSpec } from '@zoo/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ClassWeights, classWeightsOf } from './class-weights.ts';
import { constant, sgd, train } from './index.ts';

beforeAll(() => tf.setBackend('cpu'));

/** Three black pictures of `many`, one of `few`. */
const data = inMemory({
  name: 'uneven',
  classes: ['many', 'few'],
  labels: Uint8Array.of(0, 0, 0, 1),
  pixels: new Uint8Array(4),
  height: 1,
  width: 1,
  channels: 1,
});

const spec: ModelSpec = {
  family: 'test',
  preset: 'linear',
  title: 'Learns how frequent classes are',
  source: 'this file',
  className: 'Linear',
  input: [1, 1, 1],
  classes: 2,
  preprocessing: { range: 1, mean: [0], std: [1], channels: 'rgb' },
  init: { weight: 0, bias: 0 },
  recipe: {
    source: 'this file',
    epochs: 1,
    batchSize: 4,
    optimizer: sgd({ learningRate: 1, momentum: 0 }),
    schedule: constant(),
    augment: [],
  },
  layers: [flatten({ call: true }), dense('classes', { name: 'head' })],
};

/** The biases after one step from zero: the gradient of `Σ w·loss / Σ w`, with the sign turned. */
async function biasesAfterStep(classWeights?: ClassWeights): Promise<number[]> {
  const model = buildModel(spec);
  for await (const event of train(model, data, classWeights === undefined ? {} : { classWeights }))
    expect(event.type).not.toBe('error');
  return [...(modelWeights(model)[1]?.variable.dataSync() ?? [])];
}

describe('class weights', () => {
  it('balance classes as scikit-learn does', () => {
    expect([...classWeightsOf(data, 'balanced')]).toEqual([Math.fround(4 / (2 * 3)), 2]);
    expect([...classWeightsOf({ ...data, classes: ['many', 'few', 'none'] }, 'balanced')][2]).toBe(1);
  });

  it('go by the names of the classes, 1 for those left out', () => {
    expect([...classWeightsOf(data, { few: 3 })]).toEqual([1, 3]);
    expect(() => classWeightsOf(data, { fwe: 3 })).toThrow(
      'fwe: uneven has no such class; did you mean few? Classes: many, few.',
    );
    expect(() => classWeightsOf(data, { few: 0 })).toThrow('few: its class weight is 0, expected a number above 0');
    expect(() => classWeightsOf(data, { few: Number.NaN })).toThrow('few: its class weight is NaN');
  });

  it.each([1e300, 1e39, 1e-50, Number.MIN_VALUE])('refuse %d, which 32 bits do not hold', async (few) => {
    await expect(biasesAfterStep({ few })).rejects.toThrow(
      `few: its class weight is ${few}, expected a number above 0, from 1e-37 to 1e+37.`,
    );
  });

  it('refuse a word that is not known', async () => {
    const words: { classWeights: ClassWeights } = JSON.parse('{"classWeights": "equal"}');
    await expect(biasesAfterStep(words.classWeights)).rejects.toThrow(
      'classWeights: is equal, expected balanced, or an object such as { cat: 2 }.',
    );
  });

  it("weigh the gradient as PyTorch's CrossEntropyLoss", async () => {
    expect(await biasesAfterStep()).toEqual([0.25, -0.25]);
    for (const even of [await biasesAfterStep('balanced'), await biasesAfterStep({ few: 3 })])
      for (const bias of even) expect(bias).toBeCloseTo(0, 6);
    // By hand, logits being 0: (3 · 1 · (−1/2) + 1 · 6 · 1/2) / 9 for `many`, and the opposite for `few`.
    const [many, few] = await biasesAfterStep({ few: 6 });
    expect(many).toBeCloseTo(-1 / 6, 6);
    expect(few).toBeCloseTo(1 / 6, 6);
  });
});
