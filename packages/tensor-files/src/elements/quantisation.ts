import { elements } from '@zoo/core';
import type { StoredTensor } from '../tensor.ts';

/** Scales or zero points, of any shape that can be broadcast to the tensor's. */
export type Scale = Pick<StoredTensor, 'shape' | 'read'>;

/** Quantisation of integers or small floats: `(stored - zeroPoint) * scale`. */
export interface Quantisation {
  scale: Scale;
  /** Default: 0. */
  zeroPoint?: Scale;
  /** The axis of one-dimensional scales. Default: 0. */
  axis?: number;
}

/**
 * How many neighbours share a scale, by axis: all of them, one, or blocks. Undefined if the scales do not fit. One scale fits
 * anything, a row of them the tensor's `axis`, and as many axes as the tensor has fit one by one.
 */
export function blocksOf(shape: readonly number[], scale: readonly number[], axis = 0): number[] | undefined {
  const one = scale.length === 1 && shape.length > 1;
  const spread =
    elements(scale) === 1
      ? shape.map(() => 1)
      : one
        ? shape.map((_, at) => (at === axis ? (scale[0] ?? 1) : 1))
        : scale;
  const fits = spread.length === shape.length && shape.every((size, at) => size % (spread[at] || size + 1) === 0);
  return fits ? shape.map((size, at) => size / (spread[at] ?? 1)) : undefined;
}
