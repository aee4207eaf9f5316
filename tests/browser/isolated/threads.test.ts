import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '@zoo/backends';
import { afterEach, describe, expect, it, vi } from 'vitest';

/** The backend's factory and its flags are tfjs's own: a new backend for each test. */
function startAnew(): void {
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
}

afterEach(() => {
  vi.unstubAllGlobals();
  startAnew();
});

async function expectToCompute(): Promise<void> {
  const product = tf.matMul(tf.ones([300, 300]), tf.fill([300, 300], 2));
  expect((await product.data())[7]).toBe(600);
  product.dispose();
}

describe('wasm in a page that is cross-origin isolated', () => {
  it('has the threads it is asked for, and leaves the browser as it was', async () => {
    expect(crossOriginIsolated).toBe(true);
    const cores = navigator.hardwareConcurrency;
    expect(await useBackend('wasm', { threads: 3 })).toEqual({
      name: 'wasm',
      threads: 3,
      detail: 'WebAssembly SIMD, 3 threads',
      passedOver: [],
    });
    expect(Object.hasOwn(navigator, 'hardwareConcurrency')).toBe(false);
    expect(navigator.hardwareConcurrency).toBe(cores);
    await expectToCompute();
  });

  it('goes on with one thread where they fail, at once, and does not try again in this tab', async () => {
    const threadScript = '/not-here.js';
    const start = performance.now();
    const { threads, detail } = await useBackend('wasm', { threads: 2, threadScript });
    expect(performance.now() - start).toBeLessThan(4000);
    expect({ threads, detail }).toEqual({
      threads: 1,
      detail: expect.stringMatching(/^WebAssembly SIMD, 1 thread \(threads did not start: .+\)$/),
    });
    await expectToCompute();
    startAnew();
    const Native = Worker;
    const made: string[] = [];
    vi.stubGlobal(
      'Worker',
      class extends Native {
        constructor(address: string | URL, options?: WorkerOptions) {
          super(address, options);
          made.push(String(address));
        }
      },
    );
    expect((await useBackend('wasm', { threads: 2, threadScript })).detail).toMatch(
      /^WebAssembly SIMD, 1 thread \(threads did not start before: .+\)$/,
    );
    expect(made).toEqual([]);
  });

  it('tries again with another script', async () => {
    expect(await useBackend('wasm', { threads: 2 })).toMatchObject({ threads: 2 });
    await expectToCompute();
  });

  it('starts once for calls at the same time, in React StrictMode for instance', async () => {
    sessionStorage.clear();
    const natives = [Worker, Blob, URL.createObjectURL, WebAssembly.instantiate];
    const calls = Array.from({ length: 3 }, () => useBackend('wasm', { threads: 2 }));
    const two = { name: 'wasm', threads: 2, detail: 'WebAssembly SIMD, 2 threads', passedOver: [] };
    expect(await Promise.all(calls)).toEqual([two, two, two]);
    expect(sessionStorage.length).toBe(0);
    expect([Worker, Blob, URL.createObjectURL, WebAssembly.instantiate]).toEqual(natives);
    expect(Object.hasOwn(tf.env().platform, 'fetch')).toBe(false);
    expect(Object.hasOwn(navigator, 'hardwareConcurrency')).toBe(false);
    await expectToCompute();
  });

  it("leaves a page's own workers alone while threads start", async () => {
    const { createObjectURL } = URL;
    const text = 'onmessage = ({ data }) => postMessage(data + 1)';
    const answers: Promise<unknown>[] = [];
    const answerOf = (worker: Worker): Promise<unknown> =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = reject;
        worker.postMessage(41);
        setTimeout(() => reject(new Error('no answer')), 5000);
      }).finally(() => worker.terminate());
    // Called by tfjs as it makes its own.
    vi.spyOn(URL, 'createObjectURL').mockImplementation((source) => {
      const own = new Blob([text], { type: 'application/javascript' });
      if (answers.length < 2) answers.push(answerOf(new Worker(createObjectURL.call(URL, own))));
      return createObjectURL.call(URL, source);
    });
    try {
      expect(await useBackend('wasm', { threads: 2 })).toMatchObject({ threads: 2 });
    } finally {
      vi.mocked(URL.createObjectURL).mockRestore();
    }
    expect(await Promise.all(answers)).toEqual([42, 42]);
    await expectToCompute();
  });

  it('finds within a second that a script does not answer', async () => {
    const threadScript = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));
    expect(await useBackend('wasm', { threads: 2, threadScript })).toMatchObject({
      threads: 1,
      detail: 'WebAssembly SIMD, 1 thread (threads did not start: no answer within a second)',
    });
    await expectToCompute();
  });

  it('does not take a page that is busy for a script that does not answer', async () => {
    sessionStorage.clear();
    const { postMessage } = Worker.prototype;
    const busy = vi.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function (this: Worker, message) {
      postMessage.call(this, message);
      const end = performance.now() + 1500;
      while (performance.now() < end);
    });
    try {
      expect(await useBackend('wasm', { threads: 2 })).toMatchObject({ threads: 2 });
    } finally {
      busy.mockRestore();
    }
  });
});
