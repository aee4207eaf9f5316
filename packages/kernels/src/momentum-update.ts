import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from './backend-abilities.ts';

/**
 * Kernel a backend may register: inputs `{weight, velocity, gradient}`, attrs `MomentumAttrs` with momentum above 0, outputs
 * the new weight and the new velocity. It may take the memory of the old ones, where nothing else holds it.
 */
export const momentumUpdate = 'MomentumUpdate';

/** The same for Nesterov's momentum. */
export const nesterovUpdate = 'NesterovUpdate';

/** `caffe` keeps the learning rate in the velocity, `pytorch` outside of it. */
export type MomentumConvention = 'caffe' | 'pytorch';

/** Rates of `updateWithMomentum`. */
export interface MomentumRates {
  learningRate: number;
  momentum: number;
  weightDecay: number;
  convention: MomentumConvention;
  /** Goes by the velocity after the next step. Default: false. */
  nesterov?: boolean;
}

export interface MomentumAttrs extends tf.NamedAttrMap {
  learningRate: number;
  momentum: number;
  weightDecay: number;
  convention: MomentumConvention;
}

/**
 * One step of gradient descent with momentum, into the variables.
 * `caffe`: `v ← μv − lr·(g + λw), w ← w + v` (Krizhevsky et al. 2012, section 5; Caffe, SGDSolver).
 * `pytorch`: `v ← μv + g + λw, w ← w − lr·v` (torch.optim.SGD).
 * With `nesterov` the weight goes by the new velocity once more: `caffe`: `w ← w + μv − lr·(g + λw)` (Caffe, NesterovSolver);
 * `pytorch`: `w ← w − lr·(g + λw + μv)`.
 *
 * @param gradient Of the variables' shape.
 * @throws Error when it is of another.
 */
export function updateWithMomentum(
  weight: tf.Variable,
  velocity: tf.Variable,
  gradient: tf.Tensor,
  rates: MomentumRates,
): void {
  tf.util.assertShapesMatch(weight.shape, gradient.shape, 'updateWithMomentum: ');
  tf.tidy(() => {
    const kernel = rates.nesterov ? nesterovUpdate : momentumUpdate;
    const [newWeight, newVelocity] =
      hasKernel(kernel) && rates.momentum > 0
        ? byKernel(kernel, weight, velocity, gradient, rates)
        : byOps(weight, velocity, gradient, rates);
    velocity.assign(newVelocity);
    weight.assign(newWeight);
  });
}

function byKernel(
  kernel: string,
  weight: tf.Tensor,
  velocity: tf.Tensor,
  gradient: tf.Tensor,
  { learningRate, momentum, weightDecay, convention }: MomentumRates,
) {
  const attrs: MomentumAttrs = { learningRate, momentum, weightDecay, convention };
  const outputs = tf.engine().runKernel<tf.Tensor[]>(kernel, { weight, velocity, gradient }, attrs);
  const [newWeight, newVelocity] = outputs;
  if (!newWeight || !newVelocity) throw new Error(`${kernel} has two outputs`);
  return [newWeight, newVelocity] as const;
}

function byOps(
  weight: tf.Tensor,
  velocity: tf.Tensor,
  gradient: tf.Tensor,
  { learningRate, momentum, weightDecay, convention, nesterov = false }: MomentumRates,
) {
  const decayed = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
  const carried = tf.mul(velocity, momentum);
  if (convention === 'caffe') {
    const descent = tf.mul(decayed, learningRate);
    const next = tf.sub(carried, descent);
    const step = nesterov ? tf.sub(tf.mul(next, momentum), descent) : next;
    return [tf.add(weight, step), next] as const;
  }
  const next = tf.add(carried, decayed);
  const step = nesterov ? tf.add(decayed, tf.mul(next, momentum)) : next;
  return [tf.sub(weight, tf.mul(step, learningRate)), next] as const;
}
