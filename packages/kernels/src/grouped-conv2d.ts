import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from './backend-abilities.ts';
import { type ConvOptions, convGeometry } from './conv-geometry.ts';
import { denseConv2d } from './dense-conv2d.ts';

export type { ConvOptions } from './conv-geometry.ts';

/** Kernel a backend may register: inputs `{x, filter}`, attrs `GroupedConvAttrs`. */
export const groupedConv = 'GroupedConv2D';
/** Its gradients' kernels: inputs `{dy, filter}` and `{x, dy}`, attrs with `inputShape` and `filterShape`. */
export const groupedConvBackpropInput = 'GroupedConv2DBackpropInput';
export const groupedConvBackpropFilter = 'GroupedConv2DBackpropFilter';

export interface GroupedConvAttrs extends tf.NamedAttrMap {
  stride: number;
  padding: number;
  groups: number;
  dilation: number;
}

tf.registerGradient({
  kernelName: groupedConv,
  inputsToSave: ['x', 'filter'],
  gradFunc: (dy, [x, filter], attrs) => {
    if (Array.isArray(dy) || !x || !filter) throw new Error('groupedConv has two inputs and one output');
    const shapes = { ...attrs, inputShape: x.shape, filterShape: filter.shape };
    return {
      x: () => tf.engine().runKernel(groupedConvBackpropInput, { dy, filter }, shapes),
      filter: () => tf.engine().runKernel(groupedConvBackpropFilter, { x, dy }, shapes),
    };
  },
});

/**
 * Grouped 2-D convolution (cross-correlation): the channels fall into `groups` equal parts in order, and each part of the
 * output sees its part of the input only (Krizhevsky et al. 2012, section 3.2).
 * `y[i, j, o] = sum over u, v, c of x[i * stride + u * dilation - padding, j * stride + v * dilation - padding, c] * filter[u, v, c, o]`.
 * Differentiable in `x` and `filter` on every backend. A backend with a kernel `GroupedConv2D` runs that one; elsewhere
 * the groups are split, convolved and concatenated.
 *
 * @param x `[batch, height, width, inChannels]`.
 * @param filter `[kernelHeight, kernelWidth, inChannels / groups, outChannels]`.
 * @returns `[batch, outHeight, outWidth, outChannels]`, `out = floor((in + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1`.
 * @throws ZooError `spec` when channels do not divide into the groups, or the filter does not fit.
 */
export function groupedConv2d(x: tf.Tensor4D, filter: tf.Tensor4D, options: ConvOptions = {}): tf.Tensor4D {
  const geometry = convGeometry(x.shape, filter.shape, options);
  const { groups } = geometry;
  if (groups === 1) return denseConv2d(x, filter, geometry);
  if (hasKernel(groupedConv)) return tf.engine().runKernel(groupedConv, { x, filter }, { ...geometry });
  return tf.tidy(() => {
    const filters = tf.split<tf.Tensor4D>(filter, groups, 3);
    const parts = tf.split<tf.Tensor4D>(x, groups, 3).flatMap((part, group) => {
      const taps = filters[group];
      return taps ? [denseConv2d(part, taps, geometry)] : [];
    });
    return tf.concat(parts, 3);
  });
}
