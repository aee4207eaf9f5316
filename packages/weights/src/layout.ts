import type { ShapedLayer } from '@zoo/spec';
import { permuted, reordered, viewOf } from '@zoo/tensor-files/strided';

/**
 * How a weight lies in memory: PyTorch keeps a convolution as `[out, in, kH, kW]`, tfjs as `[kH, kW, in, out]`. Everything else
 * lies here as it does there.
 */
export interface Layout {
  /** Sizes of the weight's axes in PyTorch's order. */
  torchAxes: readonly number[];
  /** For each axis of tfjs's order, its place in PyTorch's. */
  order: readonly number[];
}

/**
 * Filters are `[out, in / groups, kH, kW]` in PyTorch, Caffe and ONNX and `[kH, kW, in / groups, out]` in tfjs, towers one after the
 * other in both. For each axis of tfjs's order, its place in PyTorch's.
 */
export const oihwToHwio: readonly number[] = [2, 3, 1, 0];

/** The layout of a layer's weight, or undefined where it lies the same everywhere. */
export function weightLayout({ weights }: ShapedLayer): Layout | undefined {
  const shape = weights.find(({ role }) => role === 'weight')?.shape;
  return shape?.length === 4 ? { torchAxes: shape, order: oihwToHwio } : undefined;
}

/** Elements in PyTorch's order, reordered for tfjs. */
export const toTfjs = (values: Float32Array, { torchAxes, order }: Layout): Float32Array =>
  reordered(values, permuted(viewOf(torchAxes), order));

/** Elements in tfjs's order, reordered for PyTorch. */
export function toTorch(values: Float32Array, { torchAxes, order }: Layout): Float32Array {
  const tfjs = viewOf(order.map((axis) => torchAxes[axis] ?? 1));
  const back = torchAxes.map((_, axis) => order.indexOf(axis));
  return reordered(values, permuted(tfjs, back));
}
