import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { conv } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { metadataJson, openTensors } from '@zoo/weights';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { train } from './index.ts';

const spec = specWith([conv(2, 3)], [6, 6, 1]);
const pictures = inMemory({
  name: 'pictures',
  classes: ['dark', 'light'],
  labels: Uint8Array.from({ length: 8 }, (_, i) => i % 2),
  pixels: Uint8Array.from({ length: 8 * 36 }, (_, i) => i % 256),
  height: 6,
  width: 6,
  channels: 1,
});

let folder = '';
beforeAll(async () => {
  await tf.setBackend('wasm');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-metadata-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('what a program records of a training stands in each checkpoint, with the epoch that it was told of last', async () => {
  const checkpoint = path.join(folder, 'checkpoint.safetensors');
  const heard: number[] = [];
  const stored: unknown[] = [];
  const events = train(buildModel(spec, { seed: 1 }), pictures, {
    epochs: 3,
    batchSize: 4,
    checkpoint,
    checkpointMetadata: () => ({ 'my.epochs': JSON.stringify(heard) }),
  });
  for await (const event of events) {
    if (event.type === 'epoch') heard.push(event.epoch);
    if (event.type !== 'checkpoint') continue;
    const file = await openTensors(checkpoint);
    stored.push(metadataJson(file, 'my.epochs'));
    await file.close();
  }
  expect(stored).toEqual([[1], [1, 2], [1, 2, 3]]);
});

it('where it cannot be given, the checkpoint of before stays', async () => {
  const checkpoint = path.join(folder, 'kept.safetensors');
  let times = 0;
  const checkpointMetadata = (): Record<string, string> => {
    times++;
    if (times === 2) throw new Error('no more to tell');
    return { 'my.text': 'first' };
  };
  const before: Buffer[] = [];
  const work = async () => {
    const events = train(buildModel(spec, { seed: 1 }), pictures, {
      epochs: 3,
      batchSize: 4,
      checkpoint,
      checkpointMetadata,
    });
    for await (const event of events) if (event.type === 'checkpoint') before.push(await readFile(checkpoint));
  };
  await expect(work()).rejects.toThrow('no more to tell');
  expect(before).toHaveLength(1);
  expect(await readFile(checkpoint)).toEqual(before[0]);
});
