import type * as tf from '@tensorflow/tfjs-core';
import { memoryOf } from '@zoo/layers';
import type { StoredTensor } from '../tensor.ts';
import { copy } from './copy.ts';
import { type View, viewOf } from './view.ts';

/** Numbers that are read at a time: 4 MB. */
const PIECE = 2 ** 20;

/** Memory for two pieces: one is being read while the other is put in its place. Made once, because fresh memory is slow. */
export type Scratch = readonly [ArrayBuffer, ArrayBuffer];

export const makeScratch = (): Scratch => [new ArrayBuffer(4 * PIECE), new ArrayBuffer(4 * PIECE)];

/** The axis of the walk that runs over the stored tensor's first one. */
const rowAxis = ({ sizes, strides }: View, rows: number, rowSize: number): number =>
  sizes.findIndex((size, axis) => size === rows && strides[axis] === rowSize);

/** Reads some rows at a time and puts each where it belongs; the next are on their way meanwhile. */
async function readRows(
  tensor: StoredTensor,
  readPart: NonNullable<StoredTensor['readPart']>,
  view: View,
  axis: number,
  target: () => Float32Array,
  scratch: Scratch,
): Promise<void> {
  const rows = view.sizes[axis] ?? 0;
  const rowSize = view.strides[axis] ?? 1;
  const to = viewOf(view.sizes);
  const atOnce = Math.max(1, Math.floor(PIECE / rowSize));
  const read = (first: number) => {
    if (first >= rows) return undefined;
    const [even, odd] = scratch;
    const part = readPart.call(
      tensor,
      first * rowSize,
      Math.min(atOnce, rows - first) * rowSize,
      (first / atOnce) % 2 === 0 ? even : odd,
    );
    // A failure is thrown where it is awaited, in the next round.
    part.catch(() => {});
    return part;
  };
  let next = read(0);
  for (let first = 0; first < rows; first += atOnce) {
    const values = await next;
    next = read(first + atOnce);
    if (!values) throw new Error(`${tensor.name}: rows end at ${first} of ${rows}`);
    const sizes = view.sizes.with(axis, Math.min(atOnce, rows - first));
    const offset = first * (to.strides[axis] ?? 1);
    copy(values, { ...view, sizes }, target(), { ...to, sizes, offset });
  }
}

/**
 * Fills a variable from a stored tensor, in the order of `view`, in the variable's own memory where the backend lets it be
 * reached. It is read in pieces where its format allows it: the largest weight of an AlexNet would otherwise be there twice.
 */
export async function fillVariable(
  variable: tf.Variable,
  tensor: StoredTensor,
  view: View,
  scratch: Scratch,
): Promise<void> {
  const { numbers, changed } = memoryOf(variable);
  const [rows = 1] = tensor.shape;
  const axis = rowAxis(view, rows, variable.size / rows);
  try {
    if (tensor.readPart && axis >= 0) await readRows(tensor, tensor.readPart, view, axis, numbers, scratch);
    else copy(await tensor.read(), view, numbers(), viewOf(view.sizes));
  } finally {
    changed();
  }
}
