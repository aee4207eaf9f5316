import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import { buildModel, modelWeights } from '@zoo/layers';
import { type Dataset, inMemory } from '@zoo/loaders';
import { conv, dropout, maxPool, relu } from '@zoo/spec';
import { backends, startBackend } from '@zoo/testing/backends';
import { specWith } from '@zoo/testing/spec-with';
import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { sgd, type TrainEvent, type TrainOptions, train, warmUp } from './index.ts';

const spec = specWith([conv(4, 3, { padding: 1 }), relu(), maxPool(2, 2), dropout(0.2)], [6, 6, 3]);

const generator = random(3);
const pictures: Dataset = inMemory({
  name: 'pictures',
  classes: ['dark', 'light'],
  labels: Uint8Array.from({ length: 12 }, (_, i) => i % 2),
  pixels: Uint8Array.from({ length: 12 * 108 }, (_, i) => (Math.floor(i / 108) % 2) * 100 + generator.integer(100)),
  height: 6,
  width: 6,
  channels: 3,
});

/** The device that tfjs computes on at this moment. */
function device(): GPUDevice {
  const backend = tf.backend();
  if (backend instanceof WebGPUBackend) return backend.device;
  throw new Error('there is no device');
}

const options: TrainOptions = { epochs: 3, batchSize: 4, optimizer: sgd({ learningRate: 0.05 }), seed: 2 };

/** Trains, and has the device go away in the middle of steps: after the events that `strike` chooses, while the next one computes. */
async function run(change: TrainOptions, strike: (event: TrainEvent, events: TrainEvent[]) => boolean) {
  const model = buildModel(spec, { seed: 1 });
  const events: TrainEvent[] = [];
  for await (const event of train(model, pictures, { ...options, ...change })) {
    events.push(event);
    if (strike(event, events)) {
      const doomed = device();
      setTimeout(() => doomed.destroy(), 1);
    }
  }
  const weights: number[] = [];
  for (const { variable } of modelWeights(model)) weights.push(...(await variable.data()));
  model.dispose();
  return { events, weights };
}

const losses = (events: TrainEvent[]) =>
  events.flatMap((event) => (event.type === 'step' ? [[`${event.epoch}.${event.step}`, event.loss] as const] : []));

const at = (epoch: number, step: number) => (event: TrainEvent) =>
  event.type === 'step' && event.epoch === epoch && event.step === step;

/** Where training keeps what it goes on from; a page has no files. */
const places = tf.env().getBool('IS_NODE') ? ['memory', 'file'] : ['memory'];

async function inNewFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const folder = await mkdtemp(`${(await import('node:os')).tmpdir()}/zoo-device-`);
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.runIf(inject('webgpu'))('a device lost in mid-step', () => {
  let calm: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    await startBackend('webgpu');
    calm = await run({}, () => false);
  });
  beforeEach(() => startBackend('webgpu'));

  async function goesOn(checkpoint: Pick<TrainOptions, 'checkpoint'>): Promise<void> {
    const { events, weights } = await run(
      checkpoint,
      (event, all) => at(2, 2)(event) && all.filter(at(2, 2)).length === 1,
    );
    expect(events.filter(({ type }) => type === 'device-lost')).toEqual([
      {
        type: 'device-lost',
        reason: expect.stringMatching(/^webgpu: the device was lost \(.+\), with all its tensors\./),
        backend: 'webgpu',
        epochs: 1,
        step: 0,
      },
    ]);
    // The same steps with the same losses, those of the broken epoch twice.
    const unbroken = new Map(losses(calm.events));
    const heard = losses(events);
    expect(new Set(heard.map(([step]) => step))).toEqual(new Set(unbroken.keys()));
    for (const [step, loss] of heard) expect(loss, step).toBeCloseTo(unbroken.get(step) ?? Number.NaN, 5);
    expect(events.at(-1)).toEqual({ type: 'done', reason: 'finished', epochs: 3 });
    for (const [i, weight] of calm.weights.entries()) expect(weights[i]).toBeCloseTo(weight, 5);
  }

  it.each(places)('goes on from the checkpoint in %s, and comes to the same', async (place) => {
    if (place === 'memory') await goesOn({});
    else await inNewFolder((folder) => goesOn({ checkpoint: `${folder}/run.safetensors` }));
  });

  it('goes on with wasm when no new device is to be had', async () => {
    const { requestAdapter } = navigator.gpu;
    try {
      const { events } = await run({}, (event, all) => {
        if (!at(1, 2)(event) || all.filter(at(1, 2)).length > 1) return false;
        navigator.gpu.requestAdapter = async () => null;
        return true;
      });
      expect(events.find(({ type }) => type === 'device-lost')).toMatchObject({ backend: 'wasm', epochs: 0, step: 0 });
      expect(tf.getBackend()).toBe('wasm');
      expect(events.at(-1)).toMatchObject({ type: 'done', reason: 'finished' });
    } finally {
      navigator.gpu.requestAdapter = requestAdapter;
    }
  });

  it('tells a reader of a tensor what became of it', async () => {
    const x = tf.mul(tf.ones([300, 300]), 2);
    const read = x.data();
    device().destroy();
    await expect(read).rejects.toThrow(/^webgpu: the device was lost/);
    await expect(read).rejects.toMatchObject({ code: 'device-lost' });
  });

  it('says when the memory does not suffice, and works with less', async () => {
    const enormous = tf.tidy(() => tf.sum(tf.fill([40_000, 40_000], 1)));
    await expect(enormous.data()).rejects.toThrow(/^webgpu: out of memory, /);
    enormous.dispose();
    const small = tf.mul(tf.ones([200, 200]), 3);
    expect((await small.data())[7]).toBe(3);
    small.dispose();
  });
});

describe.each(backends)('warmUp on %s', (backend) => {
  it('tells of every layer, and leaves the model as it was', async () => {
    await startBackend(backend);
    const model = buildModel(spec, { seed: 1 });
    const values = async () =>
      Promise.all(modelWeights(model).map(async ({ variable }) => [...(await variable.data())]));
    const before = await values();
    const tensors = tf.memory().numTensors;
    const heard: string[] = [];
    await warmUp(model, {
      training: true,
      onProgress: ({ task, done, total }) => heard.push(`${done}/${total} ${task}`),
    });
    expect(heard[0]).toMatch(/^0\/\d+ prepare /);
    expect(heard.at(-1)).toMatch(/^(\d+)\/\1 prepare gradients$/);
    expect(heard).toHaveLength(model.layers.length - 1 + 2);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(await values()).toEqual(before);
    model.dispose();
  });
});
