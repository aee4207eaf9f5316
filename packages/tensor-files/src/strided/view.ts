/**
 * A way to walk over the numbers of a tensor in another order, without moving one: axis k has `sizes[k]` places, and its next
 * place lies `strides[k]` numbers further on.
 */
export interface View {
  sizes: readonly number[];
  strides: readonly number[];
  /** Where the walk begins. */
  offset: number;
}

/** The numbers as they lie. */
export const viewOf = (shape: readonly number[]): View => ({
  sizes: shape,
  strides: shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1)),
  offset: 0,
});

const at = (values: readonly number[], axis: number): number => values[axis] ?? 1;

/** Axis k of the result is axis `order[k]` of the input. */
export const permuted = ({ sizes, strides, offset }: View, order: readonly number[]): View => ({
  sizes: order.map((axis) => at(sizes, axis)),
  strides: order.map((axis) => at(strides, axis)),
  offset,
});

/** One axis taken apart into several, the last of them the fastest. */
export function takenApart({ sizes, strides, offset }: View, axis: number, parts: readonly number[]): View {
  const inner = viewOf(parts).strides.map((stride) => stride * at(strides, axis));
  return { sizes: sizes.toSpliced(axis, 1, ...parts), strides: strides.toSpliced(axis, 1, ...inner), offset };
}

/** One axis walked backwards. */
export const reversed = ({ sizes, strides, offset }: View, axis: number): View => ({
  sizes,
  strides: strides.with(axis, -at(strides, axis)),
  offset: offset + (at(sizes, axis) - 1) * at(strides, axis),
});
