import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import workerThreads from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { doctor } from './doctor.ts';
import { fingerprints, probes } from './probe.ts';
import { useBackend } from './use-backend.ts';

describe('useBackend', () => {
  const { Worker } = workerThreads;
  const { cpus } = os;

  it('takes wasm for auto, with threads in Node, and puts Node back as it was', async () => {
    const backend = await useBackend('auto', { threads: 2 });
    expect(backend).toEqual({ name: 'wasm', threads: 2, detail: 'WebAssembly SIMD, 2 threads' });
    expect(tf.getBackend()).toBe('wasm');
    expect(workerThreads.Worker).toBe(Worker);
    expect(os.cpus).toBe(cpus);
    expect('Worker' in globalThis).toBe(false);
  });

  it('changes over, and says when threads cannot change', async () => {
    expect(await useBackend('cpu')).toMatchObject({ name: 'cpu', threads: 1 });
    expect(tf.getBackend()).toBe('cpu');
    const again = await useBackend('wasm', { threads: 1 });
    expect(again).toMatchObject({ name: 'wasm', threads: 2 });
    expect(again.detail).toContain('already running, threads are fixed at the start');
  });

  it('refuses what it does not know or cannot start', async () => {
    const named = (name: string): Promise<unknown> => Reflect.apply(useBackend, undefined, [name]);
    await expect(named('wsam')).rejects.toThrow("wsam: no such backend, did you mean 'wasm'?");
    await expect(named('quantum-annealer')).rejects.toThrow('quantum-annealer: no such backend? Known: auto,');
    await expect(named('wsam')).rejects.toMatchObject({ name: 'ZooError', code: 'unknown-name' });
    await expect(useBackend('webgl')).rejects.toThrow("webgl: this version cannot start it. Use 'wasm' or 'cpu'.");
    await expect(useBackend('webgl')).rejects.toMatchObject({ code: 'backend' });
    await expect(useBackend('wasm', { threads: 0 })).rejects.toThrow(
      'threads must be a whole number from 1 to 8, got 0',
    );
    await expect(useBackend('wasm', { threads: 9 })).rejects.toThrow(
      'threads must be a whole number from 1 to 8, got 9',
    );
  });
});

describe('doctor', () => {
  it('proves both backends and gives back the one in use, without leaving tensors', async () => {
    await useBackend('cpu');
    const before = tf.memory().numTensors;
    expect(await doctor()).toEqual([
      { backend: 'wasm', state: 'works', detail: 'WebAssembly SIMD, 2 threads' },
      { backend: 'cpu', state: 'works', detail: 'plain JavaScript, for small networks and tests' },
    ]);
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('calls a backend broken that computes wrongly', async () => {
    await useBackend('wasm');
    const good = tf.getKernel('MaxPool', 'wasm');
    tf.unregisterKernel('MaxPool', 'wasm');
    // An average pool in its place: the right shape, the wrong numbers.
    tf.registerKernel({ ...good, kernelFunc: tf.getKernel('AvgPool', 'wasm').kernelFunc });
    try {
      const wasm = (await doctor()).find(({ backend }) => backend === 'wasm');
      expect(wasm?.state).toBe('broken');
      expect(wasm?.detail).toMatch(/^wasm: maximum pool computes wrongly, output .* against 2.6194/);
    } finally {
      tf.unregisterKernel('MaxPool', 'wasm');
      tf.registerKernel(good);
    }
  });

  it('has goldens that the cpu backend computes', async () => {
    await useBackend('cpu');
    for (const probe of probes)
      for (const [i, value] of (await fingerprints(probe)).entries())
        expect(value).toBeCloseTo(probe.expected[i] ?? Number.NaN, 5);
  });
});
