import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { type Block, expectAllClose, noise, type Shape, seeded, tensor, zeros } from '@zoo/testing/numbers';
import { expect, it } from 'vitest';
import { type AdamRates, updateWithAdam } from './adam-update.ts';

const shape: Shape = [3, 3, 4, 5];
const steps = 4;

/** Algorithm 1 as it is written, number by number. */
function reference(weight: Block, first: Block, second: Block, gradient: Block, rates: AdamRates): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay, decoupled = false, step } = rates;
  weight.values.forEach((before, i) => {
    const g = (gradient.values[i] ?? 0) + (decoupled ? 0 : weightDecay * before);
    const w = decoupled ? before - learningRate * weightDecay * before : before;
    const m = beta1 * (first.values[i] ?? 0) + (1 - beta1) * g;
    const v = beta2 * (second.values[i] ?? 0) + (1 - beta2) * g * g;
    first.values[i] = m;
    second.values[i] = v;
    weight.values[i] = w - (learningRate * m) / (1 - beta1 ** step) / (Math.sqrt(v / (1 - beta2 ** step)) + epsilon);
  });
}

describeOnBackends('updateWithAdam', () => {
  it.each([
    [0.01, false],
    [0, false],
    [0.3, true],
  ])('follows the rule with weight decay %d, decoupled: %s', (weightDecay, decoupled) => {
    const generator = seeded(6);
    const [weight, first, second] = [noise(shape, generator), zeros(shape), zeros(shape)];
    const blocks = [weight, first, second] as const;
    const variables = tf.tidy(() => blocks.map((block) => tf.variable(tensor(block))));
    const [w, m, v] = variables;
    if (!w || !m || !v) throw new Error('three variables expected');
    for (let step = 1; step <= steps; step++) {
      const gradient = noise(shape, generator);
      const rates = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay, decoupled, step };
      tf.tidy(() => updateWithAdam(w, m, v, tensor(gradient), rates));
      reference(weight, first, second, gradient, rates);
    }
    expectAllClose(variables, [...blocks]);
    tf.dispose(variables);
  });

  it('refuses a gradient of another shape', () => {
    const variables = tf.tidy(() => [0, 0, 0].map(() => tf.variable(tf.ones([2, 3]))));
    const [w, m, v] = variables;
    if (!w || !m || !v) throw new Error('three variables expected');
    const rates = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, step: 1 };
    expect(() => tf.tidy(() => updateWithAdam(w, m, v, tf.ones([3, 2]), rates))).toThrow(
      'Shapes 2,3 and 3,2 must match',
    );
    tf.dispose(variables);
  });
});
