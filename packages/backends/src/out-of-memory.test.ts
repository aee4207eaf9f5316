import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { ofKind } from '@zoo/testing/complete';
import { describe, expect, inject, it } from 'vitest';
import { useBackend } from './use-backend.ts';

/** Holds on to tensors of 400 MB until there is no place for one more, and gives back the error. */
function fill(): unknown {
  const held: tf.Tensor[] = [];
  try {
    for (let i = 0; i < 12; i++) held.push(tf.fill([10_000, 10_000], i));
    return undefined;
  } catch (error) {
    return error;
  } finally {
    tf.dispose(held);
  }
}

/** Threads are fixed when the backend starts. */
function startAnew(): void {
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
}

describe('without memory', () => {
  it.each(ofKind([1, 2], (threads) => threads === 2))(
    'wasm says so, keeps what it holds, and goes on with less, on %i threads',
    async (threads) => {
      startAnew();
      expect(await useBackend('wasm', { threads })).toMatchObject({ threads });
      // Reserved first, they lie where tfjs would write for want of a better place.
      const weights = tf.tensor1d(Float32Array.from({ length: 1000 }, (_, i) => i));
      const before = tf.memory().numTensors;
      const error = fill();
      expect(error).toMatchObject({ name: 'ZooError', code: 'backend' });
      expect(String(error)).toMatch(
        /wasm: out of memory, no 400 MB more fit into the \d{4} MB of its heap, which ends at 4 GB\. Use a smaller batch/,
      );
      expect(tf.memory().numTensors).toBe(before);
      expect([...(await weights.data())]).toEqual(Array.from({ length: 1000 }, (_, i) => i));
      const product = tf.mul(weights, 2);
      expect((await product.data())[999]).toBe(1998);
      tf.dispose([weights, product]);
    },
  );

  it.runIf(inject('node'))('node says so, and goes on with less', async () => {
    await useBackend('node');
    const before = tf.memory().numTensors;
    expect(() => tf.tidy(() => tf.fill([4_000_000, 4_000_000], 1))).toThrow(
      'node: out of memory, TensorFlow has none for a tensor with shape[4000000,4000000]. Use a smaller batch or a smaller width.',
    );
    expect(tf.memory().numTensors).toBe(before);
    expect((await tf.mul(tf.ones([10]), 3).data())[5]).toBe(3);
  });
});
