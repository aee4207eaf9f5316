import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import type { Optimizer } from '@zoo/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { adam, adamw } from './adam.ts';
import { sgd } from './sgd.ts';
import { updaterOf } from './updater-of.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const steps = 6;
const generator = random(7);
const numbers = () => Array.from({ length: 5 }, () => generator.normal());
const start = numbers();
const gradients = Array.from({ length: steps }, numbers);

/** Runs an optimiser over the gradients, at a rate that may change from step to step. */
function run(optimizer: Optimizer, rates: readonly number[]): number[] {
  return tf.tidy(() => {
    const updater = updaterOf(optimizer);
    const weight = tf.variable(tf.tensor1d(start));
    const slots = updater.slots.map(() => tf.variable(tf.zeros([5])));
    for (const [index, gradient] of gradients.entries()) {
      const learningRate = rates[index] ?? 0;
      updater.update(weight, tf.tensor1d(gradient), slots, {
        learningRate,
        weightDecay: optimizer.weightDecay,
        step: index + 1,
      });
    }
    const result = [...weight.dataSync()];
    tf.dispose([weight, ...slots]);
    return result;
  });
}

const expectClose = (actual: number[], expected: number[]) => {
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 5);
};

const same = Array<number>(steps).fill(0.1);
const falling = [0.1, 0.1, 0.01, 0.01, 0.001, 0.001];

describe('sgd', () => {
  it.each([same, falling])("follows the paper's rule: the rate goes into the velocity", (...rates) => {
    const w = [...start];
    const v = Array<number>(5).fill(0);
    gradients.forEach((gradient, step) => {
      gradient.forEach((g, i) => {
        v[i] = 0.9 * (v[i] ?? 0) - (rates[step] ?? 0) * (g + 0.01 * (w[i] ?? 0));
        w[i] = (w[i] ?? 0) + (v[i] ?? 0);
      });
    });
    expectClose(run(sgd({ momentum: 0.9, weightDecay: 0.01, convention: 'caffe' }), rates), w);
  });

  it.each([same, falling])("follows PyTorch's rule: the rate stays outside", (...rates) => {
    const w = [...start];
    const v = Array<number>(5).fill(0);
    gradients.forEach((gradient, step) => {
      gradient.forEach((g, i) => {
        v[i] = 0.9 * (v[i] ?? 0) + g + 0.01 * (w[i] ?? 0);
        w[i] = (w[i] ?? 0) - (rates[step] ?? 0) * (v[i] ?? 0);
      });
    });
    expectClose(run(sgd({ momentum: 0.9, weightDecay: 0.01, convention: 'pytorch' }), rates), w);
  });

  it('is the same by both rules only while the rate stays', () => {
    const both = (rates: number[]) =>
      (['caffe', 'pytorch'] as const).map((convention) => run(sgd({ convention }), rates));
    const [caffe = [], pytorch = []] = both(same);
    expectClose(caffe, pytorch);
    const [caffeFalling = [], pytorchFalling = []] = both(falling);
    expect(Math.abs((caffeFalling[0] ?? 0) - (pytorchFalling[0] ?? 0))).toBeGreaterThan(1e-3);
  });
});

describe('Nesterov', () => {
  it.each(['caffe', 'pytorch'] as const)('looks ahead along the new velocity, as %s', (convention) => {
    const caffe = convention === 'caffe';
    const w = [...start];
    const v = Array<number>(5).fill(0);
    gradients.forEach((gradient, step) => {
      const rate = falling[step] ?? 0;
      gradient.forEach((g, i) => {
        const before = v[i] ?? 0;
        const d = g + 0.01 * (w[i] ?? 0);
        v[i] = caffe ? 0.9 * before - rate * d : 0.9 * before + d;
        // Caffe's NesterovSolver: (1 + μ)·v(t+1) − μ·v(t).
        w[i] = (w[i] ?? 0) + (caffe ? 1.9 * v[i] - 0.9 * before : -rate * (d + 0.9 * v[i]));
      });
    });
    expectClose(run(sgd({ momentum: 0.9, weightDecay: 0.01, convention, nesterov: true }), falling), w);
  });
});

describe('adamw', () => {
  it('shrinks the weight by itself (Loshchilov and Hutter, algorithm 2)', () => {
    const w = [...start];
    const m = Array<number>(5).fill(0);
    const v = Array<number>(5).fill(0);
    gradients.forEach((gradient, step) => {
      const rate = falling[step] ?? 0;
      gradient.forEach((g, i) => {
        m[i] = 0.9 * (m[i] ?? 0) + 0.1 * g;
        v[i] = 0.999 * (v[i] ?? 0) + 0.001 * g ** 2;
        const mean = m[i] / (1 - 0.9 ** (step + 1));
        const kept = (1 - rate * 0.3) * (w[i] ?? 0);
        w[i] = kept - (rate * mean) / (Math.sqrt(v[i] / (1 - 0.999 ** (step + 1))) + 1e-8);
      });
    });
    expectClose(run(adamw({ weightDecay: 0.3 }), falling), w);
  });
});

describe('adam', () => {
  it.each([same, falling])('follows algorithm 1 of Kingma and Ba', (...rates) => {
    const w = [...start];
    const m = Array<number>(5).fill(0);
    const v = Array<number>(5).fill(0);
    gradients.forEach((gradient, step) => {
      const t = step + 1;
      gradient.forEach((g, i) => {
        const decayed = g + 0.01 * (w[i] ?? 0);
        m[i] = 0.9 * (m[i] ?? 0) + 0.1 * decayed;
        v[i] = 0.999 * (v[i] ?? 0) + 0.001 * decayed ** 2;
        const mean = (m[i] ?? 0) / (1 - 0.9 ** t);
        w[i] = (w[i] ?? 0) - ((rates[step] ?? 0) * mean) / (Math.sqrt((v[i] ?? 0) / (1 - 0.999 ** t)) + 1e-8);
      });
    });
    expectClose(run(adam({ weightDecay: 0.01 }), rates), w);
  });
});
