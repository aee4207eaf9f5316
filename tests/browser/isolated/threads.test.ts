import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '@zoo/backends';
import { afterEach, describe, expect, it, vi } from 'vitest';

/** The backend's factory and its flags are tfjs's own: a new backend for each test. */
afterEach(() => {
  vi.unstubAllGlobals();
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
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
    });
    expect(Object.hasOwn(navigator, 'hardwareConcurrency')).toBe(false);
    expect(navigator.hardwareConcurrency).toBe(cores);
    await expectToCompute();
  });

  it('goes on with one thread where none can be made', async () => {
    vi.stubGlobal('Worker', () => {
      throw new Error('no workers here');
    });
    const { threads, detail } = await useBackend('wasm', { threads: 2 });
    expect({ threads, detail }).toEqual({
      threads: 1,
      detail: expect.stringMatching(/^WebAssembly SIMD, 1 thread \(threads did not start: .+\)$/),
    });
    await expectToCompute();
  });
});
