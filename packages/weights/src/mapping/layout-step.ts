import type { FlattenOrder } from '@zoo/tensor-files';
import { permuted, reversed, splitAxis, type View, viewOf } from '@zoo/tensor-files/strided';
import type { DerivedStep } from '../derived/derived.ts';
import type { LaidOutWeight } from '../model-tensors.ts';

/**
 * How the tensors of a file lie: as PyTorch and Caffe keep them (`[out, in, kH, kW]`, `[out, in]`), as TensorFlow does
 * (`[kH, kW, in, out]`, `[in, out]`), or as the variables of a model of the zoo (`[kH, kW, in, out]`, `[out, in]`).
 */
export type LayoutFamily = 'torch' | 'tensorflow' | 'zoo';

/**
 * The conversions of a stored tensor when it is loaded into a model.
 *
 * - `drop axes of 1`: Caffe's first format keeps four axes for everything: `[1, 1, out, in]`.
 * - `BGR to RGB`: The filters of the first layer see blue, green, red; the network is to see red, green, blue.
 * - `HWC to CHW`: The first dense layer behind maps: its rows run over H, W, C there and over C, H, W here.
 */
export type LayoutStep = DerivedStep | 'drop axes of 1' | 'BGR to RGB' | 'OIHW to HWIO' | 'IO to OI' | 'HWC to CHW';

/** A stored tensor's way into a variable. */
export interface Arrangement {
  steps: readonly LayoutStep[];
  /** The stored numbers, in the variable's order. */
  view: View;
}

const equal = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/** The shape in which a layout family keeps a weight. */
export function storedShape({ shape, layout }: LaidOutWeight, family: LayoutFamily): readonly number[] {
  if (family === 'torch') return shape;
  if (layout) return layout.order.map((axis) => layout.torchAxes[axis] ?? 0);
  return family === 'tensorflow' && shape.length === 2 ? shape.toReversed() : shape;
}

/** TensorFlow's dense layers are `[in, out]`. */
export const ioToOi = (view: View): View => permuted(view, [1, 0]);

/** `[out, H·W·C]` as `[out, C, H, W]`, which lies in memory as `[out, C·H·W]` does. */
export const hwcToChw = (view: View, maps: readonly number[]): View => permuted(splitAxis(view, 1, maps), [0, 3, 1, 2]);

/** Filters with their input channels in the other order; `[..., in, out]`. */
export const bgrToRgb = (view: View): View => reversed(view, view.sizes.length - 2);

/** Whether a stored shape is that of a weight, but for axes of 1 around it. */
export function fits(stored: readonly number[], weight: LaidOutWeight, family: LayoutFamily): boolean {
  const wanted = storedShape(weight, family);
  if (equal(stored, wanted)) return true;
  const spare = stored.length - wanted.length;
  return spare > 0 && stored.slice(0, spare).every((size) => size === 1) && equal(stored.slice(spare), wanted);
}

/** What a file says of the way of its tensors. */
export interface Way {
  family: LayoutFamily;
  /** Whether the first layer's filters are turned round. */
  swapChannels: boolean;
  /** The order of the axes over which maps are flattened. Default: that of the family, C, H, W but for TensorFlow. */
  flattened?: FlattenOrder | undefined;
}

/** How a tensor of a fitting shape gets into a weight's variable. */
export function arrangement(
  stored: readonly number[],
  weight: LaidOutWeight,
  { family, swapChannels, flattened = family === 'tensorflow' ? 'HWC' : 'CHW' }: Way,
): Arrangement {
  const steps: LayoutStep[] = [];
  let view = viewOf(stored);
  const wanted = storedShape(weight, family);
  if (stored.length !== wanted.length) {
    view = viewOf(wanted);
    steps.push('drop axes of 1');
  }
  if (family === 'torch' && weight.layout) {
    view = permuted(view, weight.layout.order);
    steps.push('OIHW to HWIO');
  }
  if (family === 'tensorflow' && wanted.length === 2) {
    view = ioToOi(view);
    steps.push('IO to OI');
  }
  if (weight.maps && flattened === 'HWC') {
    view = hwcToChw(view, weight.maps);
    steps.push('HWC to CHW');
  }
  if (swapChannels) {
    view = bgrToRgb(view);
    steps.push('BGR to RGB');
  }
  return { steps, view };
}
