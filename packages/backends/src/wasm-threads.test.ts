import '@tensorflow/tfjs-backend-wasm';
import os from 'node:os';
import workerThreads, { type WorkerOptions } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useBackend } from './use-backend.ts';

const { Worker } = workerThreads;
const { cpus } = os;

afterEach(() => {
  vi.useRealTimers();
  workerThreads.Worker = Worker;
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
});

/** Has every thread run this instead of what it was made for. */
function threadsRun(code: string): void {
  workerThreads.Worker = class extends Worker {
    constructor(_script: string | URL, options?: WorkerOptions) {
      super(code, { ...options, eval: true });
    }
  };
}

async function expectOneThread(reason: string): Promise<void> {
  const broken = workerThreads.Worker;
  expect(await useBackend('wasm', { threads: 2 })).toEqual({
    name: 'wasm',
    threads: 1,
    detail: `WebAssembly SIMD, 1 thread (threads did not start: ${reason})`,
    passedOver: [],
  });
  expect(workerThreads.Worker).toBe(broken);
  expect(os.cpus).toBe(cpus);
  expect('Worker' in globalThis).toBe(false);
  const product = tf.matMul(tf.ones([64, 64]), tf.fill([64, 64], 2));
  expect((await product.data())[5]).toBe(128);
}

describe('wasm goes on with one thread', () => {
  it('where a thread fails', async () => {
    threadsRun("throw new Error('no threads today')");
    await expectOneThread('no threads today');
  });

  it('where none can be made', async () => {
    workerThreads.Worker = class extends Worker {
      constructor(_script: string | URL) {
        super('', { eval: true });
        throw new Error('too many threads');
      }
    };
    await expectOneThread('too many threads');
  });

  it('where they do not answer', async () => {
    threadsRun("require('node:worker_threads').parentPort.on('message', () => {})");
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const started = expectOneThread('no answer within 20 seconds');
    await vi.waitUntil(() => vi.getTimerCount() > 0, { timeout: 10_000 });
    vi.advanceTimersByTime(20_000);
    await started;
  });
});

it("leaves a program's own workers alone while threads start", async () => {
  const { createObjectURL } = URL;
  const faults: unknown[] = [];
  const own = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    try {
      new workerThreads.Worker(createObjectURL(new Blob(['1'], { type: 'application/javascript' })));
    } catch (error) {
      faults.push(error);
    }
    return createObjectURL(blob);
  });
  try {
    expect(await useBackend('wasm', { threads: 2 })).toMatchObject({ threads: 2 });
  } finally {
    own.mockRestore();
  }
  // What Node itself says of such an address.
  expect(faults[0]).toMatchObject({ code: 'ERR_WORKER_PATH' });
  expect(URL.createObjectURL).toBe(createObjectURL);
  expect(Blob.name).toBe('Blob');
});
