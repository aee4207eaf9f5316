import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { type Block, expectClose, noise, seeded, zeros } from '@zoo/testing/numbers';
import { it } from 'vitest';
import { fullyConnected } from './fully-connected.ts';

const matrix = ({ shape: [, , rows, columns], values }: Block) =>
  tf.tensor2d(Float32Array.from(values), [rows, columns]);

/** `visit` for each product of the definition: places in `y`, `x` and the kernel. */
function eachProduct(
  [batch, units, inputs]: readonly [number, number, number],
  visit: (y: number, x: number, kernel: number) => void,
): void {
  for (let n = 0; n < batch; n++)
    for (let unit = 0; unit < units; unit++)
      for (let i = 0; i < inputs; i++) visit(n * units + unit, n * inputs + i, unit * inputs + i);
}

describeOnBackends('fullyConnected', () => {
  it('is the sum it is defined as, with its gradients, for random sizes', () => {
    const generator = seeded(17);
    for (let round = 0; round < 12; round++) {
      const [batch, units, inputs] = [1 + generator.integer(9), 1 + generator.integer(40), 1 + generator.integer(80)];
      const x = noise([1, 1, batch, inputs], generator);
      const kernel = noise([1, 1, units, inputs], generator);
      const bias = noise([1, 1, 1, units], generator);
      const dy = noise([1, 1, batch, units], generator);
      const [y, dx, dKernel, dBias] = [zeros(dy.shape), zeros(x.shape), zeros(kernel.shape), zeros(bias.shape)];
      y.values.forEach((_, place) => {
        y.values[place] = bias.values[place % units] ?? 0;
        dBias.values[place % units] = (dBias.values[place % units] ?? 0) + (dy.values[place] ?? 0);
      });
      eachProduct([batch, units, inputs], (o, i, w) => {
        y.values[o] = (y.values[o] ?? 0) + (x.values[i] ?? 0) * (kernel.values[w] ?? 0);
        dx.values[i] = (dx.values[i] ?? 0) + (dy.values[o] ?? 0) * (kernel.values[w] ?? 0);
        dKernel.values[w] = (dKernel.values[w] ?? 0) + (dy.values[o] ?? 0) * (x.values[i] ?? 0);
      });
      tf.tidy(() => {
        const vector = tf.tensor1d(Float32Array.from(bias.values));
        const operands = [matrix(x), matrix(kernel), vector] as const;
        expectClose(tf.reshape(fullyConnected(...operands), y.shape), y, { atol: 1e-4 });
        const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
          fullyConnected(tf.reshape(a, [batch, inputs]), tf.reshape(b, [units, inputs]), tf.reshape(c, [units])),
        )([...operands], matrix(dy));
        for (const [place, wanted] of [dx, dKernel, dBias].entries())
          expectClose(tf.reshape(gradients[place] ?? tf.zeros([0]), wanted.shape), wanted, { atol: 1e-4 });
      });
    }
  });
});
