import * as tf from '@tensorflow/tfjs-core';
import { batchNorm } from '@zoo/spec';
import { describeOnBackends } from '@zoo/testing/backends';
import { type Block, noise, seeded, tensor, zeros } from '@zoo/testing/numbers';
import { describe, expect, it } from 'vitest';
import { BatchNormalization } from './batch-normalization.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

const epsilon = 1e-3;
const channel = (x: Block, c: number) => [...x.values].filter((_, i) => i % x.shape[3] === c);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);

/** `γ·(x − mean) / √(variance + epsilon) + β`, a channel at a time. */
function normalized(
  x: Block,
  [gamma, beta]: readonly Block[],
  centre: (c: number) => number,
  variance: (c: number) => number,
) {
  const y = zeros(x.shape);
  for (let c = 0; c < x.shape[3]; c++) {
    const factor = (gamma?.values[c] ?? 0) / Math.sqrt(variance(c) + epsilon);
    const middle = centre(c);
    for (let i = c; i < x.values.length; i += x.shape[3])
      y.values[i] = ((x.values[i] ?? 0) - middle) * factor + (beta?.values[c] ?? 0);
  }
  return y;
}

describeLayer('BatchNormalization by running statistics', {
  layer: batchNorm({ epsilon }),
  input: [4, 3, 5],
  reference: (x, weights) =>
    normalized(
      x,
      weights,
      (c) => weights[2]?.values[c] ?? 0,
      (c) => weights[3]?.values[c] ?? 0,
    ),
});

describeLayer('BatchNormalization by the batch', {
  layer: batchNorm({ epsilon }),
  input: [4, 3, 5],
  training: true,
  reference: (x, weights) =>
    normalized(
      x,
      weights,
      (c) => mean(channel(x, c)),
      (c) => squares(channel(x, c)) / channel(x, c).length,
    ),
});

describeOnBackends('running statistics', () => {
  it("are PyTorch's: the unbiased variance, a tenth of it a step", async () => {
    const layer = new BatchNormalization({ name: 'norm' });
    const batches = [1, 2, 3].map((seed) => noise([2, 3, 2, 4], seeded(41, seed)));
    const running = Array.from({ length: 4 }, () => ({ mean: 0, variance: 1 }));
    tf.tidy(() => {
      for (const x of batches) {
        applyTo(layer, tensor(x), true);
        running.forEach((old, c) => {
          const values = channel(x, c);
          running[c] = {
            mean: 0.9 * old.mean + 0.1 * mean(values),
            variance: 0.9 * old.variance + (0.1 * squares(values)) / (values.length - 1),
          };
        });
      }
      applyTo(layer, tensor(noise([2, 3, 2, 4], seeded(5))));
    });
    const [, , means, variances] = await Promise.all(
      layer.getWeights().map(async (weight) => [...(await weight.data())]),
    );
    expect(means).toHaveLength(4);
    running.forEach((expected, c) => {
      expect(means?.[c]).toBeCloseTo(expected.mean, 6);
      expect(variances?.[c]).toBeCloseTo(expected.variance, 6);
    });
    layer.dispose();
  });

  it('stay finite when there is but one example', async () => {
    const layer = new BatchNormalization();
    tf.tidy(() => applyTo(layer, tf.tensor4d([[[[3]]]]), true)).dispose();
    const [gamma, beta, means, variances] = await Promise.all(
      layer.getWeights().map(async (weight) => (await weight.data())[0]),
    );
    expect([gamma, beta]).toEqual([1, 0]);
    expect(means).toBeCloseTo(0.3, 6);
    expect(variances).toBeCloseTo(0.9, 6);
    layer.dispose();
  });
});

describe('BatchNormalization', () => {
  it('refuses vectors', () => {
    const layer = new BatchNormalization({ name: 'norm' });
    expect(() => tf.tidy(() => applyTo(layer, tf.zeros([1, 4])))).toThrow(
      'norm: needs maps [batch, height, width, channels] of known size, got [1,4]',
    );
  });
});
