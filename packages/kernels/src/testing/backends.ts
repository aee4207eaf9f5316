import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients of tfjs's own ops.
import '@tensorflow/tfjs-layers';
import '../wasm.ts';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Backends that every conformance suite runs on. */
export const backends = ['cpu', 'wasm'] as const;

/** One suite for all backends: `body` holds ordinary `it`s that find their backend in use. No test may leave a tensor behind. */
export function describeOnBackends(title: string, body: (backend: string) => void): void {
  describe.each(backends)(`${title} on %s`, (backend) => {
    let before = 0;
    beforeAll(async () => {
      await tf.setBackend(backend);
      before = tf.memory().numTensors;
    });
    body(backend);
    it('leaves no tensor behind', () => expect(tf.memory().numTensors).toBe(before));
    afterAll(() => tf.disposeVariables());
  });
}
