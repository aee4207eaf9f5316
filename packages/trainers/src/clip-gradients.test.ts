import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { clippedByNorm } from './clip-gradients.ts';

beforeAll(() => tf.setBackend('cpu'));

it('gradients are scaled down together to a norm, and never up', () => {
  tf.tidy(() => {
    const gradients = { a: tf.tensor1d([3, 0]), b: tf.tensor2d([[0], [4]]) };
    const [a, b] = Object.values(clippedByNorm(gradients, 1)).map((gradient) => [...gradient.dataSync()]);
    expect(a?.[0]).toBeCloseTo(0.6, 5);
    expect(b?.[1]).toBeCloseTo(0.8, 5);
    const same = clippedByNorm(gradients, 10);
    expect([...(same.b?.dataSync() ?? [])]).toEqual([0, 4]);
  });
});
