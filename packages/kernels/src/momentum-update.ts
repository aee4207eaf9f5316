import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from './backend-abilities.ts';

/**
 * Kernel a backend may register: inputs `{weight, velocity, gradient}`, attrs `MomentumAttrs` with momentum above 0, outputs
 * the new weight and the new velocity. It may take the memory of the old ones, where nothing else holds it.
 */
export const momentumUpdate = 'MomentumUpdate';

/** `caffe` keeps the learning rate in the velocity, `pytorch` outside of it. */
export type MomentumConvention = 'caffe' | 'pytorch';

/** Rates of `updateWithMomentum`. */
export interface MomentumRates {
  learningRate: number;
  momentum: number;
  weightDecay: number;
  convention: MomentumConvention;
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
    const [newWeight, newVelocity] =
      hasKernel(momentumUpdate) && rates.momentum > 0
        ? byKernel(weight, velocity, gradient, rates)
        : byOps(weight, velocity, gradient, rates);
    velocity.assign(newVelocity);
    weight.assign(newWeight);
  });
}

function byKernel(weight: tf.Tensor, velocity: tf.Tensor, gradient: tf.Tensor, rates: MomentumRates) {
  const attrs: MomentumAttrs = { ...rates };
  const outputs = tf.engine().runKernel<tf.Tensor[]>(momentumUpdate, { weight, velocity, gradient }, attrs);
  const [newWeight, newVelocity] = outputs;
  if (!newWeight || !newVelocity) throw new Error(`${momentumUpdate} has two outputs`);
  return [newWeight, newVelocity] as const;
}

function byOps(
  weight: tf.Tensor,
  velocity: tf.Tensor,
  gradient: tf.Tensor,
  { learningRate, momentum, weightDecay, convention }: MomentumRates,
) {
  const decayed = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
  const carried = tf.mul(velocity, momentum);
  if (convention === 'caffe') {
    const next = tf.sub(carried, tf.mul(decayed, learningRate));
    return [tf.add(weight, next), next] as const;
  }
  const next = tf.add(carried, decayed);
  return [tf.sub(weight, tf.mul(next, learningRate)), next] as const;
}
