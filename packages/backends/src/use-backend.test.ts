import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import workerThreads from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { backendNames } from './candidates.ts';
import { doctor } from './doctor.ts';
import { fingerprints, probes } from './probe.ts';
import { prove } from './proof.ts';
import { useBackend } from './use-backend.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-backends-'));
  process.env.ZOO_CACHE = folder;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * Puts a sum in the place of a backend's product: the right shape, the wrong numbers. Gives back how to undo it.
 * The product is tfjs's own everywhere: a kernel of the zoo's would be put back when its backend is asked for.
 */
function spoil(backendName: string): () => void {
  const good = tf.getKernel('Multiply', backendName);
  const replace = (kernelFunc: tf.KernelFunc): void => {
    tf.unregisterKernel('Multiply', backendName);
    tf.registerKernel({ ...good, kernelFunc });
  };
  if (!good) return () => {};
  replace(tf.getKernel('Add', backendName).kernelFunc);
  return () => replace(good.kernelFunc);
}

describe('useBackend', () => {
  const { Worker } = workerThreads;
  const { cpus } = os;

  it('starts wasm with threads in Node, and puts Node back as it was', async () => {
    const backend = await useBackend('wasm', { threads: 2 });
    expect(backend).toEqual({ name: 'wasm', threads: 2, detail: 'WebAssembly SIMD, 2 threads', passedOver: [] });
    expect(tf.getBackend()).toBe('wasm');
    expect(workerThreads.Worker).toBe(Worker);
    expect(os.cpus).toBe(cpus);
    expect('Worker' in globalThis).toBe(false);
  });

  it('has auto refuse by name what computes wrongly, and take the first that does not', async () => {
    // Loads every backend that is here.
    await doctor();
    const mend = ['tensorflow', 'webgpu', 'wasm'].map(spoil);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      const backend = await useBackend('auto');
      expect(backend.name).toBe('cpu');
      expect(backend.detail).not.toContain('wasm');
      expect(backend.passedOver.find((one) => one.backend === 'wasm')?.reason).toMatch(
        /^wasm: response normalisation across channels computes wrongly, output -?\d/,
      );
      expect(warn).toHaveBeenCalledOnce();
      expect(warn).toHaveBeenCalledWith(
        expect.stringMatching(/^zoo: the backend is cpu\. Passed over: .*wasm: response normalisation across channels/),
      );
    } finally {
      warn.mockRestore();
      for (const undo of mend) undo();
    }
    const works = (await doctor()).filter(({ state }) => state === 'works').map(({ backend }) => backend);
    const backend = await useBackend('auto');
    expect(backend.name).toBe(works[0]);
    // What is not here is told, and no fault.
    for (const { backend: other, reason } of backend.passedOver) {
      expect(works).not.toContain(other);
      expect(reason).toMatch(new RegExp(`^${other}: `));
    }
  });

  it('keeps a proof for a device and its versions', async () => {
    await useBackend('cpu');
    await prove('cpu', { detail: 'a device that works' });
    const kept = await readFile(path.join(folder, 'proved-backends.txt'), 'utf8');
    expect(kept).toMatch(/^cpu; a device that works; zoo \d.*; tfjs 4\.22\.0; Node \d+\.\d+\.\d+; \w+-\w+; .*$/m);
    const undo = spoil('cpu');
    try {
      await expect(prove('cpu', { detail: 'a device that works' })).resolves.toBeUndefined();
      for (const other of [{ detail: 'another device' }, { detail: 'a device that works', program: 'another.node' }])
        await expect(prove('cpu', other)).rejects.toThrow(
          /^cpu: response normalisation across channels computes wrongly/,
        );
    } finally {
      undo();
    }
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
    await expect(useBackend('webgl')).rejects.toThrow(
      'webgl: it runs in browsers only. In Node, use webgpu for a graphics card, otherwise node or wasm.',
    );
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
  it('has a row for each backend, and gives back the one in use, without leaving tensors', async () => {
    await useBackend('cpu');
    const before = tf.memory().numTensors;
    const rows = await doctor({ software: true });
    expect(rows.map(({ backend }) => backend)).toEqual([...backendNames]);
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.memory().numTensors).toBe(before);
    for (const { backend, state, detail, probeError = 1, gigaflops = 0 } of rows) {
      const here =
        ['wasm', 'cpu'].includes(backend) ||
        (backend === 'webgpu' && inject('webgpu')) ||
        (backend === 'node' && inject('node'));
      if (here) expect(state, detail).toBe('works');
      if (state !== 'works') continue;
      expect(probeError).toBeLessThan(1e-4);
      expect(gigaflops).toBeGreaterThan(0);
    }
  });

  it('calls a backend broken that computes wrongly', async () => {
    await useBackend('wasm');
    const undo = spoil('wasm');
    try {
      const wasm = (await doctor()).find(({ backend }) => backend === 'wasm');
      expect(wasm?.state).toBe('broken');
      expect(wasm?.detail).toMatch(
        /^wasm: response normalisation across channels computes wrongly, output .* against 20.9235/,
      );
    } finally {
      undo();
    }
  });

  it('has goldens that the cpu backend computes', async () => {
    await useBackend('cpu');
    for (const probe of probes)
      for (const [i, value] of (await fingerprints(probe)).entries())
        expect(value).toBeCloseTo(probe.expected[i] ?? Number.NaN, 5);
  });
});
