import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from './backend-abilities.ts';
import { type PoolAxis, type PoolOptions, poolGeometry } from './pool-geometry.ts';

/** Kernel a backend may register: inputs `{x}`, attrs `AvgPoolAttrs`. Its gradient's: inputs `{dy}`, attrs with `inputShape`. */
export const clippedAvgPool = 'ClippedAvgPool';
export const clippedAvgPoolGrad = 'ClippedAvgPoolGrad';

export interface AvgPoolAttrs extends tf.NamedAttrMap {
  size: number;
  stride: number;
  padding: number;
  outHeight: number;
  outWidth: number;
}

tf.registerGradient({
  kernelName: clippedAvgPool,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attrs) => ({
    x: () => tf.engine().runKernel(clippedAvgPoolGrad, { dy: single(dy) }, { ...attrs, inputShape: x?.shape ?? [] }),
  }),
});

const single = (dy: tf.Tensor | tf.Tensor[]): tf.Tensor => {
  const [first] = Array.isArray(dy) ? dy : [dy];
  if (!first) throw new Error('clippedAvgPool has one output');
  return first;
};

/** How many pixels of each window lie inside the padded image. */
const covered = ({ out, overhang }: PoolAxis, size: number): number[] =>
  Array.from({ length: out }, (_, i) => (i === out - 1 ? size - overhang : size));

/**
 * Mean of each window. The divisor counts the pixels of the window that lie inside the image and its `padding`;
 * what a last window of `ceil` reaches beyond that is not counted (Caffe, PoolingLayer; PyTorch's `count_include_pad`).
 *
 * @param x `[batch, height, width, channels]`.
 * @throws ZooError `spec` when the window does not fit.
 */
export function avgPool2d(x: tf.Tensor4D, options: PoolOptions): tf.Tensor4D {
  const { size, stride, padding, rows, columns } = poolGeometry('avgPool2d', x.shape, options);
  if (hasKernel(clippedAvgPool)) {
    const attrs: AvgPoolAttrs = { size, stride, padding, outHeight: rows.out, outWidth: columns.out };
    return tf.engine().runKernel(clippedAvgPool, { x }, attrs);
  }
  if (padding === 0 && rows.after === 0 && columns.after === 0) return tf.avgPool(x, size, stride, 'valid');
  return tf.tidy(() => {
    const padded = tf.pad(x, [
      [0, 0],
      [padding, rows.after],
      [padding, columns.after],
      [0, 0],
    ]);
    const mean = tf.avgPool(padded, size, stride, 'valid');
    if (rows.overhang === 0 && columns.overhang === 0) return mean;
    const across = covered(columns, size);
    const correction = covered(rows, size).map((down) => across.map((width) => [(size * size) / (down * width)]));
    return tf.mul(mean, tf.tensor4d([correction]));
  });
}
