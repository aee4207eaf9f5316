import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import { buildModel, modelWeights } from '@zoo/layers';
import { type Dataset, inMemory } from '@zoo/loaders';
import { batchNorm, conv, type ModelSpec, relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { loadWeights, openTensors } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { constant, evaluate, loadAverages, sgd, type TrainEvent, type TrainOptions, train } from './index.ts';
import { refinementsOf } from './refinements.ts';

const spec: ModelSpec = specWith([conv(3, 3, { padding: 1 }), batchNorm(), relu()], [4, 4, 1]);
const generator = random(4);
const pictures = (count: number): Dataset =>
  inMemory({
    name: 'pictures',
    classes: ['dark', 'light'],
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
    pixels: Uint8Array.from({ length: count * 16 }, (_, i) => (Math.floor(i / 16) % 2) * 60 + generator.integer(150)),
    height: 4,
    width: 4,
    channels: 1,
  });
const training = pictures(8);
const test = pictures(6);

const plain: TrainOptions = {
  epochs: 2,
  batchSize: 4,
  optimizer: sgd({ learningRate: 0.1, weightDecay: 0.01 }),
  schedule: constant(),
};

/** What training comes to: its events, and all numbers of the network. */
async function trained(options: TrainOptions) {
  const model = buildModel(spec, { seed: 1 });
  const events: TrainEvent[] = [];
  for await (const event of train(model, training, { ...plain, ...options })) events.push(event);
  const weights = modelWeights(model).map(({ name, variable }) => [name, [...variable.dataSync()]] as const);
  model.dispose();
  return { events, weights: new Map(weights) };
}

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-refinements-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const factors = (weight: number, bias: number) => ({
  learningRate: { weight, bias },
  weightDecay: { weight: 1, bias: 1 },
});

const options: readonly (readonly [string, TrainOptions])[] = [
  ['labelSmoothing', { labelSmoothing: 0.3 }],
  ['clipNorm', { clipNorm: 0.01 }],
  ['accumulate', { accumulate: 2 }],
  ['multipliers', { multipliers: factors(1, 0) }],
  ['nesterov', { optimizer: sgd({ learningRate: 0.1, weightDecay: 0.01, nesterov: true }) }],
  ['warmup', { schedule: { kind: 'constant', warmup: 0.5 } }],
];

describe('each option of train', () => {
  it.each(options)('%s changes what is learned', async (_, option) => {
    const [without, with_] = [await trained({}), await trained(option)];
    expect(with_.weights).not.toEqual(without.weights);
    expect(await trained(option)).toMatchObject({ weights: with_.weights });
  });

  it.each(options)('%s is taken from the recipe of the spec too', async (_, option) => {
    const model = buildModel({ ...spec, recipe: { ...spec.recipe, ...plain, ...option } }, { seed: 1 });
    for await (const event of train(model, training)) expect(event.type).not.toBe('device-lost');
    const { weights } = await trained(option);
    for (const { name, variable } of modelWeights(model)) expect([...variable.dataSync()]).toEqual(weights.get(name));
    model.dispose();
  });

  it.each([
    [{ labelSmoothing: 1 }, 'labelSmoothing: is 1, expected a number from 0 to below 1.'],
    [{ ema: -0.1 }, 'ema: is -0.1, expected a number from 0 to below 1.'],
    [{ clipNorm: Number.NaN }, 'clipNorm: is NaN, expected a number of at least 0.'],
    [{ accumulate: 0 }, 'accumulate: is 0, expected a whole number of at least 1.'],
    [{ earlyStopping: 1.5 }, 'earlyStopping: is 1.5, expected a whole number of at least 0.'],
  ])('refuses %j', async (wrong, message) => {
    await expect(trained(wrong)).rejects.toThrow(message);
    expect(() => refinementsOf(wrong, spec.recipe)).toThrow(message);
  });
});

describe('accumulation', () => {
  it('comes to the same as the whole batch where nothing looks at the batch, in uneven parts too', async () => {
    const noNorm = specWith([conv(3, 3, { padding: 1 }), relu()], [4, 4, 1]);
    const weights = async (accumulate: number) => {
      const model = buildModel(noNorm, { seed: 1 });
      for await (const event of train(model, training, {
        ...plain,
        batchSize: 5,
        accumulate,
        classWeights: { dark: 3 },
      }))
        expect(event.type).not.toBe('device-lost');
      return modelWeights(model).flatMap(({ variable }) => [...variable.dataSync()]);
    };
    const whole = await weights(1);
    for (const parts of [2, 3, 5, 9])
      for (const [index, value] of (await weights(parts)).entries()) expect(value).toBeCloseTo(whole[index] ?? 0, 6);
  });

  it('counts a step for each batch, not for each part', async () => {
    const steps = ({ events }: Awaited<ReturnType<typeof trained>>) => events.filter(({ type }) => type === 'step');
    expect(steps(await trained({ accumulate: 4 }))).toHaveLength(4);
  });
});

describe('an average of the weights', () => {
  it('is tested after each epoch, and lies in the checkpoint beside the weights', async () => {
    const checkpoint = path.join(folder, 'average.safetensors');
    const { events, weights } = await trained({ ema: 0.9, validation: test, checkpoint });
    const epochs = events.filter((event) => event.type === 'epoch');
    const last = epochs.at(-1);
    expect(last?.averaged?.examples).toBe(6);
    expect(last?.averaged?.loss).not.toBe(last?.validation?.loss);
    // The weights themselves are those of a training without an average.
    expect(weights).toEqual((await trained({ validation: test })).weights);

    const model = buildModel(spec);
    await loadWeights(model, checkpoint);
    await loadAverages(model, checkpoint);
    expect(await evaluate(model, test, { batchSize: 4 })).toEqual(last?.averaged);
    const file = await openTensors(checkpoint);
    for (const { name, trainable } of modelWeights(model))
      expect(file.tensors.get(`ema.${name}`)?.shape, name).toEqual(
        trainable ? file.tensors.get(name)?.shape : undefined,
      );
    await file.close();
    model.dispose();
  });

  it('follows `average ← decay·average + (1−decay)·w` from the weights after the first step on', async () => {
    const checkpoint = path.join(folder, 'rule.safetensors');
    const name = 'head.bias';
    const after: number[][] = [];
    for (const limit of [1, 2, 3]) {
      const abort = new AbortController();
      const model = buildModel(spec, { seed: 1 });
      let steps = 0;
      for await (const event of train(model, training, {
        ...plain,
        epochs: 4,
        ema: 0.75,
        checkpoint,
        signal: abort.signal,
      })) {
        if (event.type === 'step') steps += 1;
        if (steps === limit) abort.abort();
      }
      after.push([
        ...(modelWeights(model)
          .find((weight) => weight.name === name)
          ?.variable.dataSync() ?? []),
      ]);
      model.dispose();
    }
    const file = await openTensors(checkpoint);
    const average = await file.tensors.get(`ema.${name}`)?.read();
    await file.close();
    const [first = [], second = [], third = []] = after;
    for (const [index, value] of first.entries()) {
      const expected = 0.75 * (0.75 * value + 0.25 * (second[index] ?? 0)) + 0.25 * (third[index] ?? 0);
      expect(average?.[index]).toBeCloseTo(expected, 6);
    }
  });

  it('is asked for in vain where there is none', async () => {
    const checkpoint = path.join(folder, 'none.safetensors');
    await trained({ checkpoint });
    const model = buildModel(spec);
    await expect(loadAverages(model, checkpoint)).rejects.toThrow(
      'has no averaged weights. Name a checkpoint that was trained with ema.',
    );
    await expect(trained({ resume: checkpoint, epochs: 3, ema: 0.9 })).rejects.toThrow(
      /ema\.\S+ is \[missing\], expected \[.+\]\. Resume with the ema and preset that wrote it/,
    );
    model.dispose();
  });
});

describe('early stopping', () => {
  it('ends training when the loss has not been lower for so many epochs, and at once when resumed', async () => {
    const checkpoint = path.join(folder, 'early.safetensors');
    // At such a rate the loss leaps about.
    const stuck: TrainOptions = {
      optimizer: sgd({ learningRate: 3, momentum: 0 }),
      epochs: 40,
      validation: test,
      seed: 1,
    };
    const { events } = await trained({ ...stuck, earlyStopping: 2, checkpoint });
    const losses = events.flatMap((event) => (event.type === 'epoch' ? [event.validation?.loss ?? 0] : []));
    expect(losses.length).toBeLessThan(40);
    expect(events.at(-1)).toEqual({ type: 'done', reason: 'early-stopping', epochs: losses.length });
    expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 3);
    const resumed = await trained({ ...stuck, earlyStopping: 2, resume: checkpoint });
    expect(resumed.events).toEqual([{ type: 'done', reason: 'early-stopping', epochs: losses.length }]);
  });
});
