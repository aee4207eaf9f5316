import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { dense, flatten } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { beforeAll, describe, expect, it } from 'vitest';
import { constant, cosine, oneCycle, sgd, stepDecay, type TrainOptions, train, withWarmup } from './index.ts';

beforeAll(() => tf.setBackend('cpu'));

const data = inMemory({
  name: 'pictures',
  classes: ['dark', 'light'],
  labels: Uint8Array.of(0, 1, 0, 1),
  pixels: Uint8Array.of(0, 255, 10, 240),
  height: 1,
  width: 1,
  channels: 1,
});
const spec = { ...specWith([flatten({ call: true }), dense('classes')], [1, 1, 1]), classes: 2 };

/** Options as JavaScript may give them, whose numbers nobody has checked. */
const untyped = (fields: object): TrainOptions => ({ ...fields });

const wrong: readonly (readonly [string, TrainOptions])[] = [
  ['epochs: expected a whole number from 0 to', { epochs: Number.NaN }],
  ['epochs: expected a whole number from 0 to', { epochs: -1 }],
  ['epochs: expected a whole number from 0 to', { epochs: 1.5 }],
  ['seed: expected a whole number', { seed: Number.NaN }],
  ['optimizer.kind: expected one of sgd, adam, adamw, found', untyped({ optimizer: { kind: 'lion' } })],
  ['optimizer.learningRate: expected a number from 0 to', { optimizer: sgd({ learningRate: -1 }) }],
  ['optimizer.learningRate: expected a number from 0 to', { optimizer: sgd({ learningRate: Number.NaN }) }],
  ['optimizer.momentum: expected a number from 0 to 1, found 2', { optimizer: sgd({ learningRate: 1, momentum: 2 }) }],
  ['schedule.kind: expected one of constant, step,', untyped({ schedule: { kind: 'linear' } })],
  ['schedule.factor: expected a number', { schedule: stepDecay({ after: [1], factor: Number.NaN }) }],
  ['schedule.rise: expected a number from 0 to 1, found 30', { schedule: oneCycle({ rise: 30 }) }],
  ['schedule.warmup: expected a number from 0 to 1, found 5', { schedule: withWarmup(constant(), 5) }],
  ['schedule.warmup: expected a number from 0 to 1, found -1', { schedule: cosine({ warmup: -1 }) }],
  [
    'multipliers.weightDecay.bias: expected a number',
    {
      multipliers: { learningRate: { weight: 1, bias: 1 }, weightDecay: { weight: 1, bias: Number.POSITIVE_INFINITY } },
    },
  ],
  ['mixUp: alpha is 0', { augment: [{ kind: 'mixUp', alpha: 0 }] }],
];

describe('train', () => {
  it.each(wrong)('says "%s" before it computes anything, and leaves nothing behind', async (message, options) => {
    const model = buildModel(spec, { seed: 1 });
    const weights = () => modelWeights(model).map(({ variable }) => [...variable.dataSync()]);
    const [before, tensors] = [weights(), tf.memory().numTensors];
    const events: unknown[] = [];
    const run = async () => {
      for await (const event of train(model, data, { epochs: 1, batchSize: 2, ...options })) events.push(event);
    };
    await expect(run()).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(message) });
    await expect(run()).rejects.not.toThrow('Write the file again');
    expect({ events, weights: weights(), tensors: tf.memory().numTensors }).toEqual({
      events: [],
      weights: before,
      tensors,
    });
    model.dispose();
  });

  it('does nothing in no epochs', async () => {
    const model = buildModel(spec, { seed: 1 });
    for await (const event of train(model, data, { epochs: 0 }))
      expect(event).toEqual({ type: 'done', reason: 'finished', epochs: 0 });
    model.dispose();
  });
});
