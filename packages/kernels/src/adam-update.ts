import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from './backend-abilities.ts';

/**
 * Kernel a backend may register: inputs `{weight, first, second, gradient}`, attrs `AdamAttrs`, outputs the new weight and the
 * new moments. It may take the memory of the old ones, where nothing else holds it.
 */
export const adamUpdate = 'AdamUpdate';

/** Rates of `updateWithAdam`. */
export interface AdamRates {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  /** Whether the decay shrinks the weight by itself, as in AdamW, instead of going into the gradient. Default: false. */
  decoupled?: boolean;
  /** Updates so far, this one included: from 1. */
  step: number;
}

export interface AdamAttrs extends tf.NamedAttrMap {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  decoupled: boolean;
  step: number;
}

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1), into the variables. With `d = g + λw`:
 * `m ← β1·m + (1−β1)·d, v ← β2·v + (1−β2)·d², w ← w − lr·m̂ / (√v̂ + ε)` with `m̂ = m/(1−β1^t)`, `v̂ = v/(1−β2^t)`.
 * Decoupled (Loshchilov and Hutter 2019, algorithm 2, as torch.optim.AdamW): `d = g`, and `w ← (1 − lr·λ)·w` first.
 *
 * @param first First moment `m`, of the weight's shape.
 * @param second Second moment `v`.
 * @throws Error when the gradient is of another shape than the weight.
 */
export function updateWithAdam(
  weight: tf.Variable,
  first: tf.Variable,
  second: tf.Variable,
  gradient: tf.Tensor,
  rates: AdamRates,
): void {
  tf.util.assertShapesMatch(weight.shape, gradient.shape, 'updateWithAdam: ');
  tf.tidy(() => {
    const update = hasKernel(adamUpdate) ? byKernel : byOps;
    const [newWeight, newFirst, newSecond] = update(weight, first, second, gradient, rates);
    first.assign(newFirst);
    second.assign(newSecond);
    weight.assign(newWeight);
  });
}

function byKernel(weight: tf.Tensor, first: tf.Tensor, second: tf.Tensor, gradient: tf.Tensor, rates: AdamRates) {
  const attrs: AdamAttrs = { decoupled: false, ...rates };
  const outputs = tf.engine().runKernel<tf.Tensor[]>(adamUpdate, { weight, first, second, gradient }, attrs);
  const [newWeight, newFirst, newSecond] = outputs;
  if (!newWeight || !newFirst || !newSecond) throw new Error(`${adamUpdate} has three outputs`);
  return [newWeight, newFirst, newSecond] as const;
}

function byOps(weight: tf.Tensor, first: tf.Tensor, second: tf.Tensor, gradient: tf.Tensor, rates: AdamRates) {
  const { learningRate, beta1, beta2, epsilon, weightDecay, decoupled = false, step } = rates;
  const decayed = weightDecay === 0 || decoupled ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
  const newFirst = tf.add(tf.mul(first, beta1), tf.mul(decayed, 1 - beta1));
  const newSecond = tf.add(tf.mul(second, beta2), tf.mul(tf.square(decayed), 1 - beta2));
  const mean = tf.div(newFirst, 1 - beta1 ** step);
  const deviation = tf.add(tf.sqrt(tf.div(newSecond, 1 - beta2 ** step)), epsilon);
  const kept = decoupled ? tf.sub(weight, tf.mul(weight, learningRate * weightDecay)) : weight;
  return [tf.sub(kept, tf.mul(tf.div(mean, deviation), learningRate)), newFirst, newSecond] as const;
}
