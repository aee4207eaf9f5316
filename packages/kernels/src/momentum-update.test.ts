import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { type Block, expectClose, noise, type Shape, seeded, tensor } from '@zoo/testing/numbers';
import { expect, it } from 'vitest';
import { type MomentumRates, updateWithMomentum } from './momentum-update.ts';

const shape: Shape = [3, 3, 4, 5];
const steps = 4;

/** The rules as they are written, number by number. */
function reference(weight: Block, velocity: Block, gradient: Block, rates: MomentumRates): void {
  const { learningRate, momentum, weightDecay, convention, nesterov = false } = rates;
  weight.values.forEach((w, i) => {
    const [v, g] = [velocity.values[i] ?? 0, (gradient.values[i] ?? 0) + weightDecay * w];
    const next = convention === 'caffe' ? momentum * v - learningRate * g : momentum * v + g;
    velocity.values[i] = next;
    if (nesterov)
      weight.values[i] =
        convention === 'caffe' ? w + (1 + momentum) * next - momentum * v : w - learningRate * (g + momentum * next);
    else weight.values[i] = convention === 'caffe' ? w + next : w - learningRate * next;
  });
}

const cases = (['caffe', 'pytorch'] as const).flatMap((convention) =>
  [0.9, 0].flatMap((momentum) =>
    [0.01, 0].flatMap((weightDecay) =>
      [false, true].map(
        (nesterov): MomentumRates => ({ learningRate: 0.1, momentum, weightDecay, convention, nesterov }),
      ),
    ),
  ),
);

/** Variables, run through `steps` updates as the reference is. */
function run(rates: MomentumRates, each: (weight: tf.Variable) => void = () => {}) {
  const generator = seeded(5);
  const [weight, velocity] = [noise(shape, generator), noise(shape, generator)];
  const [weights, velocities] = tf.tidy(() => [tf.variable(tensor(weight)), tf.variable(tensor(velocity))] as const);
  for (let step = 0; step < steps; step++) {
    const gradient = noise(shape, generator);
    each(weights);
    tf.tidy(() => updateWithMomentum(weights, velocities, tensor(gradient), rates));
    reference(weight, velocity, gradient, rates);
  }
  expectClose(weights, weight);
  expectClose(velocities, velocity);
  tf.dispose([weights, velocities]);
}

describeOnBackends('updateWithMomentum', () => {
  it.each(cases)('follows the rule of %j', (rates) => run(rates));

  it('leaves alone what was cloned from the weight before', async () => {
    const clones: tf.Tensor[] = [];
    const read: Promise<Float32Array | Int32Array | Uint8Array>[] = [];
    run({ learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, convention: 'caffe' }, (weight) => {
      clones.push(weight.clone());
      // A copy that is certainly one, of the same moment.
      const copy = tf.add(weight, 0);
      clones.push(copy);
    });
    for (const clone of clones) read.push(clone.data());
    const values = await Promise.all(read);
    for (let step = 0; step < steps; step++) expect(values[2 * step]).toEqual(values[2 * step + 1]);
    tf.dispose(clones);
  });

  it('refuses a gradient of another shape, and leaves the weight as it was', async () => {
    const [weight, velocity] = tf.tidy(() => [tf.variable(tf.ones([2, 3])), tf.variable(tf.zeros([2, 3]))] as const);
    const rates: MomentumRates = { learningRate: 0.1, momentum: 0.9, weightDecay: 0, convention: 'caffe' };
    expect(() => tf.tidy(() => updateWithMomentum(weight, velocity, tf.ones([3, 2]), rates))).toThrow(
      'Shapes 2,3 and 3,2 must match',
    );
    expect([...(await weight.data())]).toEqual([1, 1, 1, 1, 1, 1]);
    tf.dispose([weight, velocity]);
  });
});
