import * as tf from '@tensorflow/tfjs-core';
import { takesExplicitPadding } from './backend-abilities.ts';
import { type PoolOptions, poolGeometry } from './pool-geometry.ts';

/** Below every number a network holds, yet finite: `-Infinity * 0` would be NaN. */
const lowest = -3.4e38;

/**
 * Maximum of each window: `y[i, j, c] = max over u, v of x[i * stride + u - padding, j * stride + v - padding, c]`.
 * Padding never wins. Where several pixels share the maximum, the gradient goes to the first.
 *
 * The windows are always laid out by explicit padding that needs no rounding: some backends round by their own rule.
 *
 * @param x `[batch, height, width, channels]`.
 * @throws ZooError `spec` when the window does not fit.
 */
export function maxPool2d(x: tf.Tensor4D, options: PoolOptions): tf.Tensor4D {
  const { size, stride, padding, rows, columns } = poolGeometry('maxPool2d', x.shape, options);
  if (padding === 0 && rows.after === 0 && columns.after === 0) return tf.maxPool(x, size, stride, 'valid');
  const top: [number, number] = [padding, rows.after];
  const left: [number, number] = [padding, columns.after];
  if (takesExplicitPadding()) return tf.maxPool(x, size, stride, [[0, 0], top, left, [0, 0]]);
  return tf.tidy(() => tf.maxPool(tf.pad(x, [[0, 0], top, left, [0, 0]], lowest), size, stride, 'valid'));
}
