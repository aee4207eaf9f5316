import * as tf from '@tensorflow/tfjs-core';
import { multipliesSmallByTransposed } from './backend-abilities.ts';

/**
 * `y = x·Wᵀ + b`, with a row of `kernel` for each unit, as PyTorch and Caffe keep it. Differentiable on every backend.
 *
 * @param x `[batch, inputs]`.
 * @param kernel `[units, inputs]`.
 * @param bias `[units]`.
 * @returns `[batch, units]`.
 */
export function fullyConnected(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  if (multipliesSmallByTransposed()) return tf.fused.matMul({ a: x, b: kernel, transposeB: true, bias });
  return tf.tidy(() => tf.add(tf.transpose(tf.matMul(kernel, x, false, true)), bias));
}
