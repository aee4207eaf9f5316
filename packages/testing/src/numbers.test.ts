import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { backends, startBackend } from './backends.ts';
import { expectClose } from './numbers.ts';

// On webgpu the elements come after the test's own lines, and in a process that earlier files have used: that comparison too must fail a test.
describe.each(backends)('expectClose on %s', (backend) => {
  const compared = async (second: number) => {
    await startBackend(backend);
    const expected = { shape: [1, 1, 1, 2] as [number, number, number, number], values: Float64Array.of(1, second) };
    tf.tidy(() => expectClose(tf.ones([1, 1, 1, 2]), expected));
  };
  it('takes what is equal', () => compared(1));
  it.fails('refuses what is not', { retry: 0 }, () => compared(2));
});
