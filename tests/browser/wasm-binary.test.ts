import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '@zoo/backends';
import { afterEach, expect, it, vi } from 'vitest';

/** A module that is valid, and not tfjs's: it imports what nobody gives it, `x.y`. */
const other = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x78, 1, 0x79, 0, 0);

afterEach(() => {
  vi.unstubAllGlobals();
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
});

it('a file of another version is an error, and no start that never ends', async () => {
  const before = [Object.getOwnPropertyDescriptor(tf.env().platform, 'fetch'), WebAssembly.instantiate];
  await useBackend('cpu');
  vi.stubGlobal('fetch', async () => new Response(other));
  await expect(useBackend('wasm', { wasmPaths: '/other' })).rejects.toThrow(
    /^wasm: \/other\/tfjs-backend-wasm-simd\.wasm: it does not run with tfjs-backend-wasm 4\.22\.0, .+ Serve the files of the same version/,
  );
  vi.unstubAllGlobals();
  expect([Object.getOwnPropertyDescriptor(tf.env().platform, 'fetch'), WebAssembly.instantiate]).toEqual(before);
  expect(tf.getBackend()).toBe('cpu');
  await tf.ready();
  expect(await tf.add(1, 2).data()).toEqual(new Float32Array([3]));
  expect((await useBackend('wasm')).name).toBe('wasm');
  expect(await tf.add(1, 2).data()).toEqual(new Float32Array([3]));
}, 30_000);

it('calls at the same time start one backend, in React StrictMode for instance', async () => {
  const [first, second, third] = await Promise.all([useBackend(), useBackend(), useBackend()]);
  expect(first.name).toBe('wasm');
  expect([second, third]).toEqual([first, first]);
  expect(Object.hasOwn(tf.env().platform, 'fetch')).toBe(false);
});
