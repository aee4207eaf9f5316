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

/** The axis along which either side can be copied in one piece, and the longest such. */
function runAxis({ sizes, strides }: View, targetStrides: readonly number[]): number {
  const runs = sizes.flatMap((_, axis) => (strides[axis] === 1 || targetStrides[axis] === 1 ? [axis] : []));
  return runs.reduce((best, axis) => (at(sizes, axis) > at(sizes, best) ? axis : best), runs[0] ?? 0);
}

/** Offsets of every place of these axes, in the order of the walk. */
function offsets(sizes: readonly number[], strides: readonly number[], start: number): Int32Array {
  let places = Int32Array.of(start);
  for (const [axis, size] of sizes.entries()) {
    const next = new Int32Array(places.length * size);
    const stride = at(strides, axis);
    for (let place = 0, index = 0; place < places.length; place++)
      for (let step = 0; step < size; step++) next[index++] = (places[place] ?? 0) + step * stride;
    places = next;
  }
  return places;
}

/**
 * Copies the numbers that `view` walks over in `source` to where `target`'s view has them, along the axis that lies in one piece
 * on one side. Pieces of a few MB at a time are quickest: the other side's lines are then still in the cache when the next run
 * comes by.
 */
export function copy(source: Float32Array, from: View, target: Float32Array, to: View): void {
  const run = runAxis(from, to.strides);
  const length = at(from.sizes, run);
  const [stride, targetStride] = [at(from.strides, run), at(to.strides, run)];
  const rest = (values: readonly number[]) => values.filter((_, axis) => axis !== run);
  // Runs in the order in which they lie in the source.
  const axes = rest(from.sizes.map((_, axis) => axis)).sort(
    (a, b) => Math.abs(at(from.strides, b)) - Math.abs(at(from.strides, a)),
  );
  const pick = (values: readonly number[]) => axes.map((axis) => at(values, axis));
  const reads = offsets(pick(from.sizes), pick(from.strides), from.offset);
  const writes = offsets(pick(from.sizes), pick(to.strides), to.offset);
  for (let column = 0; column < reads.length; column++) {
    let read = reads[column] ?? 0;
    let write = writes[column] ?? 0;
    for (let place = 0; place < length; place++) {
      target[write] = source[read] ?? 0;
      read += stride;
      write += targetStride;
    }
  }
}

/** The numbers in the order of a view. */
export function arranged(values: Float32Array, view: View): Float32Array {
  const result = new Float32Array(view.sizes.reduce((product, size) => product * size, 1));
  copy(values, view, result, viewOf(view.sizes));
  return result;
}
