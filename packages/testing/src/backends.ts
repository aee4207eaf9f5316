// Registers the gradients of tfjs's own ops.
import '@tensorflow/tfjs-layers';
import '@zoo/kernels/cpu';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '@zoo/backends';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

/** Backends that every conformance suite runs on. Where webgpu or node is missing, the run says so, and why. */
export const backends: readonly string[] = [
  'cpu',
  'wasm',
  ...(inject('webgpu') ? ['webgpu'] : []),
  ...(inject('node') ? ['node'] : []),
];

/** Starts a backend for tests: webgpu on whatever adapter there is, wasm as tfjs itself does. */
export async function startBackend(backend: string): Promise<void> {
  if (backend === 'webgpu') await useBackend(backend, { software: true });
  else if (backend === 'node') await useBackend(backend, { threads: 2 });
  else await tf.setBackend(backend);
}

/** Starts wasm on as many threads, as users do. It is to be removed before, where it runs. */
export async function startThreads(threads: number): Promise<void> {
  const started = await useBackend('wasm', { threads });
  if (started.threads !== threads) throw new Error(`${threads} threads were asked for: ${started.detail}`);
}

/** One suite for all backends: `body` holds ordinary `it`s that find their backend in use. No test may leave a tensor behind. */
export function describeOnBackends(title: string, body: (backend: string) => void): void {
  describe.each(backends)(`${title} on %s`, (backend) => {
    let before = 0;
    beforeAll(async () => {
      await startBackend(backend);
      before = tf.memory().numTensors;
    });
    body(backend);
    it('leaves no tensor behind', () => expect(tf.memory().numTensors).toBe(before));
    // Other tests of the file read numbers at once, which webgpu cannot.
    afterAll(async () => {
      tf.disposeVariables();
      await tf.setBackend('wasm');
    });
  });
}
