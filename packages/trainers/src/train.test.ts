import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import { buildModel, modelWeights } from '@zoo/layers';
import { type Dataset, inMemory } from '@zoo/loaders';
import { block, conv, dense, dropout, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { loadWeights } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adam,
  adamw,
  classify,
  cosine,
  evaluate,
  oneCycle,
  plateau,
  polynomial,
  sgd,
  stepDecay,
  type TrainEvent,
  type TrainOptions,
  train,
  withWarmup,
} from './index.ts';

const spec: ModelSpec = {
  family: 'test',
  preset: 'colours',
  title: 'Tells colours apart',
  source: 'this file',
  className: 'Colours',
  input: [8, 8, 3],
  classes: 3,
  preprocessing: { range: 1, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25], channels: 'rgb' },
  init: { weight: 'xavier-uniform', bias: 0 },
  recipe: {
    source: 'this file',
    epochs: 3,
    batchSize: 10,
    optimizer: sgd({ learningRate: 0.05, weightDecay: 0.001 }),
    schedule: { kind: 'constant' },
    augment: [
      { kind: 'randomCrop', padding: 1 },
      { kind: 'horizontalFlip', probability: 0.5 },
      { kind: 'pcaColour', deviation: 0.1 },
    ],
  },
  layers: [
    block('features', [conv(8, 3, { padding: 1 }), relu(), maxPool(3, 2, { ceil: true })]),
    flatten({ call: true }),
    block('classifier', [dropout(0.3), dense(16), relu(), dropout(0.3), dense('classes')]),
  ],
};

/** Noisy pictures, each mostly red, green or blue. */
function colours(count: number, seed: number, side = 8): Dataset {
  const generator = random(seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const pixels = Uint8Array.from({ length: count * side * side * 3 }, (_, i) => {
    const label = labels[Math.floor(i / (side * side * 3))];
    return (i % 3 === label ? 90 : 60) + generator.integer(100);
  });
  return inMemory({
    name: 'colours',
    classes: ['red', 'green', 'blue'],
    pixels,
    labels,
    height: side,
    width: side,
    channels: 3,
  });
}

const training = colours(65, 1);
const test = colours(30, 2);
const numbers = (model: ReturnType<typeof buildModel>) =>
  modelWeights(model).map(({ variable }) => [...variable.dataSync()]);

/** Events without what depends on the clock. */
const timeless = (event: TrainEvent) => {
  const times = { imagesPerSecond: 0, seconds: 0, waitedForData: 0 };
  const { imagesPerSecond: _, seconds: __, waitedForData: ___, ...rest } = { ...times, ...event };
  return rest;
};

async function run(model: ReturnType<typeof buildModel>, options: TrainOptions = {}, until = (_: TrainEvent) => false) {
  const abort = new AbortController();
  const events: TrainEvent[] = [];
  for await (const event of train(model, training, { signal: abort.signal, ...options })) {
    events.push(event);
    if (until(event)) abort.abort();
  }
  return events;
}

let folder = '';
beforeAll(async () => {
  await tf.setBackend('wasm');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-trainers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('train', () => {
  it('learns, by events in order, and holds no tensor afterwards', async () => {
    const model = buildModel(spec, { seed: 3 });
    const before = tf.memory().numTensors;
    const events = await run(model, { validation: test, epochs: 4 });
    expect(events.map(({ type }) => type)).toEqual(
      [...Array(4)].flatMap(() => [...Array(7).fill('step'), 'epoch']).concat('done'),
    );
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(epochs.at(-1)?.loss).toBeLessThan((epochs[0]?.loss ?? 0) * 0.7);
    expect(epochs.at(-1)?.validation?.top1).toBeGreaterThan(0.9);
    expect(events.at(-1)).toEqual({ type: 'done', reason: 'finished', epochs: 4 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is the same for the same seed, and another for another', async () => {
    const losses = async (seed: number) =>
      (await run(buildModel(spec, { seed: 3 }), { epochs: 1, seed })).map(timeless);
    expect(await losses(1)).toEqual(await losses(1));
    expect(await losses(1)).not.toEqual(await losses(2));
  });

  it.each([
    ['sgd', { optimizer: sgd({ learningRate: 0.05 }), schedule: stepDecay({ after: [1] }) }],
    ['nesterov', { optimizer: sgd({ learningRate: 0.05, nesterov: true }), schedule: withWarmup(polynomial(), 0.5) }],
    ['adam', { optimizer: adam({ learningRate: 0.01 }), schedule: plateau({ patience: 0, cooldown: 1 }) }],
    ['adamw', { optimizer: adamw({ learningRate: 0.01 }), schedule: oneCycle() }],
    [
      'everything',
      {
        optimizer: adamw({ learningRate: 0.05 }),
        schedule: withWarmup(cosine(), 0.2),
        labelSmoothing: 0.1,
        clipNorm: 0.5,
        accumulate: 3,
        ema: 0.7,
        earlyStopping: 2,
        multipliers: { learningRate: { weight: 1, bias: 2 }, weightDecay: { weight: 1, bias: 0 } },
        classWeights: { red: 2 },
        epochs: 4,
      },
    ],
  ] satisfies [string, TrainOptions][])(
    'stopped in mid-epoch and resumed with %s, goes on exactly as if it had not been',
    async (name, changes) => {
      const checkpoint = path.join(folder, `${name}.safetensors`);
      const options: TrainOptions = { ...changes, validation: test, seed: 5 };
      const whole = buildModel(spec, { seed: 3 });
      const uninterrupted = await run(whole, options);

      const stopped = await run(
        buildModel(spec, { seed: 3 }),
        { ...options, checkpoint },
        (event) => event.type === 'step' && event.epoch === 2 && event.step === 3,
      );
      expect(stopped.slice(-2)).toEqual([
        { type: 'checkpoint', path: checkpoint },
        { type: 'done', reason: 'interrupted', epochs: 1 },
      ]);
      const resumed = buildModel(spec, { seed: 99 });
      const rest = await run(resumed, { ...options, resume: checkpoint });
      const tail = uninterrupted.slice(-rest.length);
      expect(rest.map(timeless)).toEqual(tail.map(timeless));
      expect(numbers(resumed)).toEqual(numbers(whole));
    },
  );

  it('stopped during validation, goes on with the validation', async () => {
    const checkpoint = path.join(folder, 'validation.safetensors');
    const whole = await run(buildModel(spec, { seed: 3 }), { validation: test, epochs: 1 });
    const stopped = await run(
      buildModel(spec, { seed: 3 }),
      { validation: test, epochs: 1, checkpoint },
      (event) => event.type === 'step' && event.step === 7,
    );
    expect(stopped.at(-1)).toEqual({ type: 'done', reason: 'interrupted', epochs: 0 });
    const rest = await run(buildModel(spec), { validation: test, epochs: 1, resume: checkpoint });
    expect(rest.map(timeless)).toEqual(whole.slice(-2).map(timeless));
  });

  it('writes checkpoints that load as plain weights', async () => {
    const checkpoint = path.join(folder, 'plain.safetensors');
    const model = buildModel(spec, { seed: 3 });
    await run(model, { epochs: 1, checkpoint });
    const other = buildModel(spec, { seed: 4 });
    const { unused } = await loadWeights(other, checkpoint);
    expect(unused[0]).toBe('optimizer.velocity.features.0.weight');
    expect(numbers(other)).toEqual(numbers(model));
  });

  it('refuses a checkpoint of another training', async () => {
    const checkpoint = path.join(folder, 'seed.safetensors');
    await run(buildModel(spec), { epochs: 1, checkpoint });
    await expect(run(buildModel(spec), { resume: checkpoint, seed: 8 })).rejects.toThrow(
      /was written with seed 0, not 8\. Resume with the same/,
    );
    await expect(run(buildModel(spec), { resume: checkpoint, batchSize: 5 })).rejects.toThrow(
      /was written with batchSize 10, not 5/,
    );
    await expect(run(buildModel(spec), { resume: checkpoint, optimizer: adam() })).rejects.toThrow(
      /optimizer\.first-moment\.features\.0\.weight is \[missing\]/,
    );
  });

  it('refuses data that does not fit', async () => {
    const grey = { ...training, channels: 1 };
    await expect(train(buildModel(spec), grey).next()).rejects.toThrow(
      /colours: its pictures have 1 channel, but test\/colours takes 3\. Build the network with inChannels: 1/,
    );
    const more = { ...training, classes: ['a', 'b'] };
    await expect(train(buildModel(spec), more).next()).rejects.toThrow(
      /colours: has 2 classes, but test\/colours has 3\. Build the network with classes: 2/,
    );
    await expect(evaluate(buildModel(spec), { ...test, length: 0 })).rejects.toThrow(/colours: has no examples/);
    const [first = '', second = '', third = ''] = training.classes;
    const validation = { ...test, name: 'held out', classes: [first, third, second] };
    await expect(train(buildModel(spec), training, { validation }).next()).rejects.toThrow(
      `held out: its class 1 is ${third}, but that of colours is ${second}. Open both with the same classes, in the same order.`,
    );
  });

  it('frees what it holds when its reader goes away', async () => {
    const model = buildModel(spec);
    const before = tf.memory().numTensors;
    for await (const event of train(model, training)) if (event.type === 'step') break;
    expect(tf.memory().numTensors).toBe(before);
  });

  it("multiplies rates as the layers' originals do", async () => {
    const frozen = { learningRate: { weight: 0, bias: 0 }, weightDecay: { weight: 1, bias: 1 } };
    const model = buildModel({
      ...spec,
      layers: [flatten({ call: true }), block('net', [dense(4, { multipliers: frozen }), relu(), dense('classes')])],
    });
    const before = numbers(model);
    await run(model, { epochs: 1 });
    const after = numbers(model);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]).not.toEqual(before[2]);
    // A factor that is named takes the place of its own alone.
    await run(model, { epochs: 1, multipliers: { learningRate: { bias: 0 } } });
    const [weight, bias, ...classes] = numbers(model);
    expect([weight, bias]).toEqual(before.slice(0, 2));
    expect(classes[0]).not.toEqual(after[2]);
    expect(classes[1]).toEqual(after[3]);
  });
});

describe('evaluate', () => {
  it('does not depend on the batch size, and counts every example once', async () => {
    const model = buildModel(spec, { seed: 3 });
    const [one, other] = [
      await evaluate(model, test, { batchSize: 7 }),
      await evaluate(model, test, { batchSize: 30 }),
    ];
    expect(one.loss).toBeCloseTo(other.loss, 5);
    expect({ ...one, loss: 0 }).toEqual({ ...other, loss: 0 });
    expect(one.examples).toBe(30);
    expect(one.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(30);
  });

  it('averages ten views of larger pictures', async () => {
    const model = buildModel({ ...spec, preprocessing: { ...spec.preprocessing, resizeShorterSide: 10 } }, { seed: 3 });
    const large = colours(12, 4, 12);
    const progress: number[] = [];
    const ten = await evaluate(model, large, {
      tenCrop: true,
      batchSize: 6,
      onProgress: ({ done }) => progress.push(done),
    });
    expect(ten.examples).toBe(12);
    expect(ten.loss).not.toBe((await evaluate(model, large)).loss);
    expect(progress).toEqual([6, 12]);
  });
});

describe('classify', () => {
  it('names the likeliest classes of a picture of any size', async () => {
    const model = buildModel(spec, { seed: 3 });
    await run(model, { epochs: 6 });
    const picture = await colours(3, 9, 20).example(2);
    const guesses = await classify(model, picture, { labels: training.classes, top: 2 });
    expect(guesses.map(({ label }) => label)[0]).toBe('blue');
    expect(guesses).toHaveLength(2);
    await expect(classify(model, { ...picture, channels: 1 })).rejects.toThrow(
      /the picture has 1 channels, but test\/colours takes 3/,
    );
  });
});
