import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import { buildModel, modelWeights } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { batchNorm, conv, type Optimizer, relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { loadWeights } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adam, classify, evaluate, features, sgd, type TrainEvent, type TrainOptions, train } from './index.ts';

const spec = specWith([conv(4, 3, { padding: 1 }), relu()], [6, 6, 1]);
const generator = random(7);
const pictures = inMemory({
  name: 'pictures',
  classes: ['dark', 'light'],
  labels: Uint8Array.from({ length: 12 }, (_, i) => i % 2),
  pixels: Uint8Array.from({ length: 12 * 36 }, (_, i) => (Math.floor(i / 36) % 2) * 100 + generator.integer(100)),
  height: 6,
  width: 6,
  channels: 1,
});

/** Runs into the error, and keeps what was heard before. */
async function runIntoError(options: TrainOptions, model = buildModel(spec, { seed: 1 })) {
  const events: TrainEvent[] = [];
  try {
    for await (const event of train(model, pictures, { batchSize: 4, epochs: 3, ...options })) events.push(event);
  } catch (error) {
    return { events, error };
  }
  throw new Error('training has come to its end');
}

/** A model whose named weight holds a value that is not finite. */
function broken(name: string, value: number, of = spec) {
  const model = buildModel(of, { seed: 1 });
  const weight = modelWeights(model).find((one) => one.name === name);
  if (!weight) throw new Error(`no weight ${name}`);
  weight.variable.assign(tf.fill(weight.variable.shape, value));
  return model;
}

let folder = '';
beforeAll(async () => {
  await tf.setBackend('wasm');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-finite-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('training that diverges', () => {
  it.each<[string, Optimizer]>([
    ['sgd', sgd({ learningRate: 1e30 })],
    ['adam', adam({ learningRate: 1e30 })],
  ])('ends with an error that says where, and what to try: %s', async (_, optimizer) => {
    const before = tf.memory().numTensors;
    const model = buildModel(spec, { seed: 1 });
    const { error } = await runIntoError({ optimizer }, model);
    expect(error).toMatchObject({
      code: 'not-finite',
      message: expect.stringMatching(
        /^train: .+ at step \d of epoch 1, with learning rate 1e\+30: training has diverged\. Use a lower learning rate, such as \S+\d\.$/,
      ),
    });
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is noticed when it happens in the last step, of which there is no loss', async () => {
    // One step an epoch: its loss is that of before.
    const { events, error } = await runIntoError({ batchSize: 12, epochs: 1, optimizer: sgd({ learningRate: 1e39 }) });
    expect(events.map(({ type }) => type)).toEqual(['step']);
    expect(error).toMatchObject({
      code: 'not-finite',
      message: expect.stringMatching(/^train: (the optimiser's velocity of )?\S+ is not finite at step 1 of epoch 1/),
    });
  });

  it('leaves the last good checkpoint as it is, and names it', async () => {
    const checkpoint = path.join(folder, 'good.safetensors');
    for await (const _ of train(buildModel(spec, { seed: 1 }), pictures, { batchSize: 4, epochs: 1, checkpoint }));
    const good = await readFile(checkpoint);
    const optimizer = sgd({ learningRate: 1e38 });
    const { events, error } = await runIntoError({ optimizer, checkpoint, resume: checkpoint });
    expect(events.filter(({ type }) => type !== 'step')).toEqual([]);
    expect(error).toMatchObject({
      message: expect.stringContaining(`${checkpoint} is as it was before, with finite weights.`),
    });
    expect(await readFile(checkpoint)).toEqual(good);
    await loadWeights(buildModel(spec), checkpoint);
  });

  it('leaves no checkpoint when it is interrupted right then', async () => {
    const checkpoint = path.join(folder, 'interrupted.safetensors');
    const abort = new AbortController();
    const run = async () => {
      const options = {
        epochs: 1,
        batchSize: 6,
        checkpoint,
        signal: abort.signal,
        optimizer: sgd({ learningRate: 1e39 }),
      };
      for await (const event of train(buildModel(spec, { seed: 1 }), pictures, options))
        if (event.type === 'step') abort.abort();
    };
    await expect(run()).rejects.toMatchObject({ code: 'not-finite' });
    await expect(readFile(checkpoint)).rejects.toThrow('ENOENT');
  });
});

describe('a network that gives NaN', () => {
  const message =
    'test/layers: gives NaN in place of probabilities: its weight 0.weight is not finite. Its training has diverged. Load an earlier checkpoint, or train again with a lower learning rate.';

  it('is no classifier', async () => {
    await expect(classify(broken('0.weight', Number.NaN), await pictures.example(0))).rejects.toMatchObject({
      code: 'not-finite',
      message,
    });
  });

  it('is not evaluated', async () => {
    await expect(evaluate(broken('0.weight', Number.NaN), pictures)).rejects.toMatchObject({
      code: 'not-finite',
      message,
    });
  });

  it('has no features where they are broken, and those of before', async () => {
    const model = broken('head.bias', Number.NaN);
    const picture = await pictures.example(0);
    await expect(features(model, picture, { layer: 'head' })).rejects.toThrow(
      /gives NaN in place of the activations of head: its weight head\.bias is not finite/,
    );
    expect((await features(model, picture, { layer: '0' })).shape).toEqual([4, 6, 6]);
  });

  it('says so when its weights are finite, and only too large', async () => {
    await expect(classify(broken('head.weight', 1e38), await pictures.example(1))).rejects.toThrow(
      /in place of probabilities: its weights are so large that its layers overflow/,
    );
  });

  it('is found by its statistics, too', async () => {
    const normalised = specWith([conv(4, 3), batchNorm(), relu()], [6, 6, 1]);
    await expect(evaluate(broken('1.running_var', Number.NaN, normalised), pictures)).rejects.toThrow(
      /its weight 1\.running_var is not finite/,
    );
  });

  it('costs no tensor', async () => {
    const model = broken('0.weight', Number.NaN);
    const before = tf.memory().numTensors;
    await expect(evaluate(model, pictures)).rejects.toThrow('not finite');
    expect(tf.memory().numTensors).toBe(before);
  });
});
