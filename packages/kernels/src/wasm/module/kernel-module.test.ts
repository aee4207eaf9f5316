import { once } from 'node:events';
import workerThreads from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { kernelModule, machines, startWasm } from '../../testing/wasm-threads.ts';
import { setWasmThreads } from '../../wasm.ts';
import { Control } from './generated/boundary.ts';

const two = { threads: 2, instructions: 'relaxed' } as const;

/** Our own workers, tfjs's left out, as they are started, and where their pool lies. */
const started: { worker: workerThreads.Worker; words: Int32Array }[] = [];

afterEach(() => started.splice(0));

/** A worker that runs `program` in place of ours, if one is given. */
const watched = (program?: string): typeof workerThreads.Worker =>
  class extends workerThreads.Worker {
    constructor(script: string | URL, options: workerThreads.WorkerOptions = {}) {
      const ours = options.name === 'wasm kernels';
      super(ours && program ? program : script, options);
      if (!ours) return;
      const { memory, control } = options.workerData;
      started.push({ worker: this, words: new Int32Array(memory.buffer, control, 16) });
    }
  };

/** Sums of the columns of a matrix of ones, large enough for all threads. */
const sums = (rows = 4096, columns = 64) => tf.tidy(() => tf.sum(tf.ones([rows, columns]), 0).dataSync());

describe.each(machines)('the module on $threads threads, $instructions', (machine) => {
  it('computes, and says with what', async () => {
    await startWasm(machine);
    expect(kernelModule()).toMatchObject(machine);
    expect(kernelModule().present()).toBe(machine.threads);
    for (let i = 0; i < 200; i++) expect(new Set(sums(600 + i))).toEqual(new Set([600 + i]));
  });

  it('goes on after the heap has grown', async () => {
    await startWasm(machine);
    expect(sums()[63]).toBe(4096);
    const heap = () => Reflect.get(Object(Reflect.get(tf.backend(), 'wasm')), 'HEAPU8').buffer.byteLength;
    const before = heap();
    const large = tf.zeros([before / 4 + 1]);
    expect(heap()).toBeGreaterThan(before);
    expect(sums()[63]).toBe(4096);
    large.dispose();
    expect(sums()[0]).toBe(4096);
  });

  it('keeps its scratch where it fits, and none that it has outgrown', async () => {
    await startWasm(machine);
    const first = kernelModule().scratch(1000);
    expect(first % 64).toBe(0);
    expect(kernelModule().scratch(10)).toBe(first);
    for (let i = 0; i < 1000; i++) kernelModule().scratch(1000 + i * 10_000);
    // All of them together are 5 GB, more than the heap can hold.
    expect(sums()[0]).toBe(4096);
  });
});

describe('threads', () => {
  it('end with their backend', async () => {
    await startWasm(two, watched());
    expect(started).toHaveLength(1);
    const ends = started.map(({ worker }) => once(worker, 'exit'));
    tf.removeBackend('wasm');
    await Promise.all(ends);
    await startWasm({ threads: 1, instructions: 'relaxed' });
    expect(sums()[0]).toBe(4096);
  });

  it('of which one is killed make the next kernel say so', async () => {
    await startWasm(two, watched());
    for (const { worker } of started) await worker.terminate();
    expect(() => sums()).toThrow('wasm kernels: thread 2 of 2 has ended, exit code 1. Start the backend anew.');
    expect(() => sums()).toThrow(expect.objectContaining({ code: 'backend' }));
    await startWasm(two);
    expect(sums()[0]).toBe(4096);
  });

  /** Joins, takes one item of the next job, then does as it is told. */
  const takesOne = (then: string) => `
    const { module, memory, control } = require('node:worker_threads').workerData;
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    exports.enter(control);
    const words = new Int32Array(memory.buffer, control, 16);
    const ticket = new BigInt64Array(memory.buffer, control, 1);
    for (;;) {
      const seen = Atomics.load(ticket, 0);
      if (seen & 0xffffffffn && Atomics.compareExchange(ticket, 0, seen, seen - 1n) === seen) break;
    }
    ${then}`;

  it('of which one breaks down in its work make that kernel say so', async () => {
    await startWasm(two, watched(takesOne('exports.fail(); throw new Error("out of bounds");')));
    const trial = () => {
      for (let i = 0; i < 10_000; i++) sums();
    };
    expect(trial).toThrow('wasm kernels: a thread broke down. Start the backend anew.');
    expect(() => sums()).toThrow('wasm kernels: a thread broke down.');
  });

  it('of which one never finishes make that kernel give up', async () => {
    await startWasm(two, watched(takesOne('for (;;);')));
    for (const { words } of started) words[Control.timeout / 4] = 100;
    const trial = () => {
      for (let i = 0; i < 10_000; i++) sums();
    };
    expect(trial).toThrow('wasm kernels: a thread does not answer. Start the backend anew.');
  });

  it('are waited for without sleeping where sleeping is not allowed', async () => {
    await startWasm(two, watched());
    for (const { words } of started) words[Control.mayBlock / 4] = 0;
    for (let i = 0; i < 200; i++) expect(sums()[9]).toBe(4096);
  });

  it('are a whole number', () =>
    expect(() => setWasmThreads(1.5)).toThrow(
      'setWasmThreads: threads must be a whole number of at least 1, got 1.5.',
    ));
});
