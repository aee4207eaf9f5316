import { elements } from '@zoo/core';

/**
 * A strided view of the elements of a tensor, without copying: axis k has `sizes[k]` positions, and its next
 * position is `strides[k]` elements further on.
 */
export interface View {
  sizes: readonly number[];
  strides: readonly number[];
  /** Index of the first element. */
  offset: number;
}

/** Row-major order: the last axis is the innermost. */
export const viewOf = (shape: readonly number[]): View => ({
  sizes: shape,
  strides: shape.map((_, axis) => elements(shape.slice(axis + 1))),
  offset: 0,
});

/** Column-major order, as in Fortran: the first axis is the innermost. */
export const columnMajorView = (shape: readonly number[]): View => ({
  sizes: shape,
  strides: shape.map((_, axis) => elements(shape.slice(0, axis))),
  offset: 0,
});

/** Number of elements from the first to the last of a view, inclusive. */
export const span = ({ sizes, strides }: View): number =>
  elements(sizes) === 0 ? 0 : sizes.reduce((reach, size, axis) => reach + (size - 1) * (strides[axis] ?? 0), 1);

/** Whether the elements lie in rows without gaps. Axes of one element take no step, whatever their stride says. */
export function isContiguous({ sizes, strides }: View): boolean {
  const rows = viewOf(sizes).strides;
  return elements(sizes) === 0 || sizes.every((size, axis) => size === 1 || strides[axis] === rows[axis]);
}

const at = (values: readonly number[], axis: number): number => values[axis] ?? 1;

/** Axis k of the result is axis `order[k]` of the input. */
export const permuted = ({ sizes, strides, offset }: View, order: readonly number[]): View => ({
  sizes: order.map((axis) => at(sizes, axis)),
  strides: order.map((axis) => at(strides, axis)),
  offset,
});

/** One axis split into several, the last of them the innermost. */
export function splitAxis({ sizes, strides, offset }: View, axis: number, parts: readonly number[]): View {
  const inner = viewOf(parts).strides.map((stride) => stride * at(strides, axis));
  return { sizes: sizes.toSpliced(axis, 1, ...parts), strides: strides.toSpliced(axis, 1, ...inner), offset };
}

/** One axis reversed. */
export const reversed = ({ sizes, strides, offset }: View, axis: number): View => ({
  sizes,
  strides: strides.with(axis, -at(strides, axis)),
  offset: offset + (at(sizes, axis) - 1) * at(strides, axis),
});
