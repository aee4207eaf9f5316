import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients of tfjs's own ops.
import '@tensorflow/tfjs-layers';
import '../wasm.ts';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { node } from '../../../backends/src/candidates/node.ts';
import { webgpu } from '../../../backends/src/candidates/webgpu.ts';

/** Backends that every conformance suite runs on. Where webgpu or node is missing, the run says so, and why. */
export const backends: readonly string[] = [
  'cpu',
  'wasm',
  ...(inject('webgpu') ? ['webgpu'] : []),
  ...(inject('node') ? ['node'] : []),
];

/** Starts a backend for tests: webgpu on whatever adapter there is. */
export async function startBackend(backend: string): Promise<void> {
  if (backend === 'webgpu') {
    await webgpu.load({ software: true });
    await webgpu.start({ software: true });
  } else if (backend === 'node') await node.start({ threads: 2 });
  else await tf.setBackend(backend);
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
