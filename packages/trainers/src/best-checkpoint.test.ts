import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { type Dataset, inMemory } from '@zoo/loaders';
import { conv, relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { metadataJson, openTensors } from '@zoo/weights';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bestEpoch, constant, evaluate, sgd, type TrainEvent, type TrainOptions, train } from './index.ts';

const spec = specWith([conv(3, 3, { padding: 1 }), relu()], [4, 4, 1]);
const generator = random(4);
const pictures = (count: number): Dataset =>
  inMemory({
    name: 'pictures',
    classes: ['dark', 'light'],
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
    pixels: Uint8Array.from({ length: count * 16 }, (_, i) => (Math.floor(i / 16) % 2) * 30 + generator.integer(180)),
    height: 4,
    width: 4,
    channels: 1,
  });
const training = pictures(12);
const validation = pictures(30);

// A rate that is too high: accuracy goes up and down.
const options: TrainOptions = {
  epochs: 6,
  batchSize: 4,
  optimizer: sgd({ learningRate: 0.4 }),
  schedule: constant(),
  validation,
  ema: 0.5,
};

let folder = '';
const inFolder = (name: string) => path.join(folder, `${name}.safetensors`);
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-best-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function trained(changes: TrainOptions) {
  const model = buildModel(spec, { seed: 1 });
  const events: TrainEvent[] = [];
  for await (const event of train(model, training, { ...options, ...changes })) events.push(event);
  return { model, events };
}

const epochsOf = (events: readonly TrainEvent[]) => events.filter((event) => event.type === 'epoch');

async function positionIn(file: string): Promise<unknown> {
  const opened = await openTensors(file);
  try {
    return metadataJson(opened, 'zoo.training');
  } finally {
    await opened.close();
  }
}

it('keeps the best epoch, tells so, and goes on from it as if there had been none since', async () => {
  const [checkpoint, bestCheckpoint] = [inFolder('last'), inFolder('best')];
  const { events } = await trained({ checkpoint, bestCheckpoint });
  const results = epochsOf(events).map(({ validation: { loss = 0, top1 = 0 } = {} }) => ({ loss, accuracy: top1 }));
  const best = bestEpoch(results) ?? 0;
  expect(best).toBeLessThan(6);
  expect(await positionIn(bestCheckpoint)).toMatchObject({
    epochs: best,
    accuracies: results.slice(0, best).map(({ accuracy }) => accuracy),
  });
  expect(await positionIn(checkpoint)).toMatchObject({ epochs: 6 });

  // Each epoch that was the best so far, and no other.
  const improved = results.flatMap((_, index) =>
    bestEpoch(results.slice(0, index + 1)) === index + 1 ? [index + 1] : [],
  );
  let epoch = 0;
  const told: number[] = [];
  for (const event of events) {
    if (event.type === 'epoch') epoch = event.epoch;
    if (event.type === 'checkpoint' && event.path === bestCheckpoint) told.push(epoch);
  }
  expect(told).toEqual(improved);

  const loaded = await trained({ resume: bestCheckpoint, epochs: best });
  const { loss, top1 } = await evaluate(loaded.model, validation, { batchSize: 4 });
  expect({ loss, accuracy: top1 }).toEqual(results[best - 1]);
  const rest = await trained({ resume: bestCheckpoint });
  expect(epochsOf(rest.events).map((event) => event.validation?.loss)).toEqual(
    results.slice(best).map((one) => one.loss),
  );
});

it('writes what a kill between the two checkpoints has left out', async () => {
  const [checkpoint, bestCheckpoint] = [inFolder('first'), inFolder('first-best')];
  await trained({ checkpoint, bestCheckpoint, epochs: 1 });
  const whole = await readFile(bestCheckpoint);
  const [killed, late] = [inFolder('killed'), inFolder('late-best')];
  await copyFile(checkpoint, killed);
  await trained({ checkpoint: killed, bestCheckpoint: late, resume: killed, epochs: 1 });
  expect((await readFile(late)).equals(whole)).toBe(true);
});

it('goes by the training pictures where there are no others, and needs no other checkpoint', async () => {
  const bestCheckpoint = inFolder('without');
  const model = buildModel(spec, { seed: 1 });
  const { validation: _, ...without } = options;
  const results: { loss: number; accuracy: number }[] = [];
  for await (const event of train(model, training, { ...without, bestCheckpoint }))
    if (event.type === 'epoch') results.push({ loss: event.loss, accuracy: event.accuracy });
  expect(await positionIn(bestCheckpoint)).toMatchObject({ epochs: bestEpoch(results) });
});
