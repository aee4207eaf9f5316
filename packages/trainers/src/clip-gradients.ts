import * as tf from '@tensorflow/tfjs-core';

/**
 * Scales gradients down where all of them together are longer than a norm: `g ← g · min(1, most / (‖g‖ + 1e-6))`, as PyTorch's
 * `clip_grad_norm_`. Runs inside a tidy, and waits for no device.
 */
export function clippedByNorm(gradients: tf.NamedTensorMap, most: number): tf.NamedTensorMap {
  const squares = Object.values(gradients).map((gradient) => tf.sum<tf.Scalar>(tf.square(gradient)));
  // Two at a time: tf.addN takes no more tensors than a webgpu program may bind.
  const norm = tf.sqrt(squares.reduce((sum, square) => tf.add(sum, square), tf.scalar(0)));
  const factor = tf.minimum(1, tf.div(most, tf.add(norm, 1e-6)));
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, factor)]));
}
