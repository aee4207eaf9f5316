import '@tensorflow/tfjs-backend-wasm';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import workerThreads from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { doctor } from './doctor.ts';
import { useBackend } from './use-backend.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-concurrent-'));
  process.env.ZOO_CACHE = folder;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const { Worker } = workerThreads;
const { cpus } = os;

afterEach(() => {
  expect(workerThreads.Worker).toBe(Worker);
  expect(os.cpus).toBe(cpus);
  expect('Worker' in globalThis).toBe(false);
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
});

const wasm = { name: 'wasm', threads: 2, detail: 'WebAssembly SIMD, 2 threads', passedOver: [] };

describe('calls at the same time', () => {
  it('start one backend, with its threads', async () => {
    const calls = Array.from({ length: 3 }, () => useBackend('wasm', { threads: 2 }));
    expect(await Promise.all(calls)).toEqual([wasm, wasm, wasm]);
    const product = tf.matMul(tf.ones([64, 64]), tf.fill([64, 64], 2));
    expect((await product.data())[5]).toBe(128);
  });

  it('of auto are one: one line on the console, the same result', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      const [first, second] = await Promise.all([useBackend('auto'), useBackend('auto')]);
      expect(second).toEqual(first);
      expect(warn.mock.calls.length).toBeLessThan(2);
    } finally {
      warn.mockRestore();
    }
  });

  it('are done in the order of the calls, and the last one holds', async () => {
    const results = await Promise.all([useBackend('wasm', { threads: 2 }), useBackend('cpu'), useBackend('wasm')]);
    expect(results.map(({ name }) => name)).toEqual(['wasm', 'cpu', 'wasm']);
    expect(tf.getBackend()).toBe('wasm');
  });

  it('do not stop one another by failing', async () => {
    const [fault, backend] = await Promise.allSettled([useBackend('webgl'), useBackend('wasm', { threads: 2 })]);
    expect(fault).toMatchObject({
      status: 'rejected',
      reason: {
        message: 'webgl: it runs in browsers only. In Node, use webgpu for a graphics card, otherwise node or wasm.',
      },
    });
    expect(backend).toEqual({ status: 'fulfilled', value: wasm });
  });

  it('of doctor wait as well, and it gives back the backend', async () => {
    const [backend, rows] = await Promise.all([useBackend('wasm', { threads: 2 }), doctor()]);
    expect(backend).toEqual(wasm);
    expect(rows.find((row) => row.backend === 'wasm')).toMatchObject({ state: 'works', detail: wasm.detail });
    expect(tf.getBackend()).toBe('wasm');
  });
});

it('says why a running backend has one thread to whoever asks again', async () => {
  workerThreads.Worker = class extends Worker {
    constructor() {
      super("throw new Error('no threads today')", { eval: true });
    }
  };
  try {
    const first = await useBackend('wasm', { threads: 2 });
    expect(first.detail).toBe('WebAssembly SIMD, 1 thread (threads did not start: no threads today)');
    expect(await useBackend('wasm', { threads: 2 })).toEqual(first);
    expect((await useBackend('wasm', { threads: 1 })).detail).toBe('WebAssembly SIMD, 1 thread');
  } finally {
    workerThreads.Worker = Worker;
  }
});

describe('options that make no sense', () => {
  const call = (...given: unknown[]): Promise<unknown> => Reflect.apply(useBackend, undefined, given);

  it.each([
    [['wasm', null], 'useBackend: options must be an object, such as { threads: 2 }, got null.'],
    [['wasm', 2], 'useBackend: options must be an object, such as { threads: 2 }, got 2.'],
    [[null], 'useBackend: the backend must be a name, got null.'],
    [['wasm', { threads: null }], 'useBackend: threads must be a whole number from 1 to 8, got null.'],
    [
      ['wasm', { wasmPaths: { 'a.wasm': '/a.wasm' } }],
      'useBackend: wasmPaths must be the address of a folder, or an object with the addresses of tfjs-backend-wasm-simd.wasm and tfjs-backend-wasm-threaded-simd.wasm, got one with a.wasm.',
    ],
    [['wasm', { threadScript: true }], 'useBackend: threadScript must be an address, a string, got true.'],
  ])('%j', async (given, message) => {
    const error = call(...given);
    await expect(error).rejects.toThrow(message);
    await expect(error).rejects.toMatchObject({ name: 'ZooError', code: 'usage' });
  });

  it('are refused by doctor too', async () => {
    await expect(Reflect.apply(doctor, undefined, [null])).rejects.toThrow('doctor: options must be an object');
  });
});
