import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import { hasKernel } from './backend-abilities.ts';
import { type ConvOptions, convGeometry } from './conv-geometry.ts';
import { denseConv2d } from './dense-conv2d.ts';

export type { ConvOptions } from './conv-geometry.ts';

/** Kernel a backend may register, for any number of groups: inputs `{x, filter}` and maybe `bias`, attrs `{stride, padding, groups, dilation}`. */
export const groupedConv = 'GroupedConv2D';
/** Its gradients' kernels: inputs `{dy, filter}` and `{x, dy}`, attrs with `inputShape` and `filterShape`. */
export const groupedConvBackpropInput = 'GroupedConv2DBackpropInput';
export const groupedConvBackpropFilter = 'GroupedConv2DBackpropFilter';

tf.registerGradient({
  kernelName: groupedConv,
  inputsToSave: ['x', 'filter'],
  gradFunc: (dy, [x, filter], attrs) => {
    if (Array.isArray(dy) || !x || !filter) throw new Error('groupedConv has one output');
    const shapes = { ...attrs, inputShape: x.shape, filterShape: filter.shape };
    return {
      x: () => tf.engine().runKernel(groupedConvBackpropInput, { dy, filter }, shapes),
      filter: () => tf.engine().runKernel(groupedConvBackpropFilter, { x, dy }, shapes),
      bias: () => tf.sum(dy, [0, 1, 2]),
    };
  },
});

/**
 * Grouped 2-D convolution (cross-correlation): the channels fall into `groups` equal parts in order, and each part of the
 * output sees its part of the input only (Krizhevsky et al. 2012, section 3.2).
 * `y[i, j, o] = bias[o] + sum over u, v, c of x[i * stride + u * dilation - padding, j * stride + v * dilation - padding, c] * filter[u, v, c, o]`.
 * Differentiable in `x`, `filter` and `bias` on every backend. A backend with a kernel `GroupedConv2D` runs that one; elsewhere
 * the groups are split, convolved and concatenated.
 *
 * @param x `[batch, height, width, inChannels]`.
 * @param filter `[kernelHeight, kernelWidth, inChannels / groups, outChannels]`.
 * @param bias `[outChannels]`. Default: none.
 * @returns `[batch, outHeight, outWidth, outChannels]`, `out = floor((in + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1`.
 * @throws ZooError `spec` when channels do not divide into the groups, or the filter or the bias does not fit.
 */
export function groupedConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  options: ConvOptions = {},
  bias?: tf.Tensor,
): tf.Tensor4D {
  const geometry = convGeometry(x.shape, filter.shape, options);
  if (bias && (bias.rank !== 1 || bias.size !== filter.shape[3]))
    throw new ZooError(
      'spec',
      `groupedConv2d: the bias must be [${filter.shape[3]}], a number for each output channel, got [${bias.shape}].`,
    );
  if (hasKernel(groupedConv))
    return tf.engine().runKernel(groupedConv, bias ? { x, filter, bias } : { x, filter }, { ...geometry });
  return tf.tidy(() => {
    const maps = geometry.groups === 1 ? denseConv2d(x, filter, geometry) : groupByGroup(x, filter, geometry);
    return bias ? tf.add(maps, bias) : maps;
  });
}

function groupByGroup(x: tf.Tensor4D, filter: tf.Tensor4D, geometry: Required<ConvOptions>): tf.Tensor4D {
  const filters = tf.split<tf.Tensor4D>(filter, geometry.groups, 3);
  const parts = tf.split<tf.Tensor4D>(x, geometry.groups, 3).flatMap((part, group) => {
    const taps = filters[group];
    return taps ? [denseConv2d(part, taps, geometry)] : [];
  });
  return tf.concat(parts, 3);
}
