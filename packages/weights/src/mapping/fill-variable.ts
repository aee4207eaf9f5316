import type * as tf from '@tensorflow/tfjs-core';
import { breathe } from '@zoo/core';
import { memoryOf } from '@zoo/layers';
import type { StoredTensor } from '../tensor.ts';
import { copy } from './copy.ts';
import { type View, viewOf } from './view.ts';

/** Numbers that are read at a time where they are moved to their places afterwards: 1 MB, which stays in the cache. */
const PIECE = 2 ** 18;
/** Numbers that are read at a time straight into place: 4 MB. */
const RUN = 2 ** 20;
/** As many reads as Node has threads for. */
const READERS = 4;

/** Memory for two pieces: one is being read while the other is put in its place. Made once, because fresh memory is slow. */
export type Scratch = readonly [Float32Array, Float32Array];

export const makeScratch = (): Scratch => [new Float32Array(PIECE), new Float32Array(PIECE)];

type ReadPart = (start: number, length: number, into?: Float32Array) => Promise<Float32Array>;

/** Reads some rows at a time and puts each where it belongs; the next are on their way meanwhile. */
async function fillByRows(
  read: ReadPart,
  rows: number,
  view: View,
  axis: number,
  target: () => Float32Array,
  scratch: Scratch,
): Promise<void> {
  const to = viewOf(view.sizes);
  const rowSize = view.strides[axis] ?? 1;
  const atOnce = Math.max(1, Math.floor(PIECE / rowSize));
  const start = (first: number) => {
    const length = Math.min(atOnce, rows - first) * rowSize;
    const memory = scratch[(first / atOnce) % 2 === 0 ? 0 : 1];
    const part = read(first * rowSize, length, length <= PIECE ? memory.subarray(0, length) : undefined);
    // A failure is thrown where it is awaited.
    part.catch(() => {});
    return part;
  };
  let next = start(0);
  for (let first = 0; first < rows; first += atOnce) {
    const values = await next;
    if (first + atOnce < rows) next = start(first + atOnce);
    const sizes = view.sizes.with(axis, Math.min(atOnce, rows - first));
    const offset = first * (to.strides[axis] ?? 1);
    copy(values, { ...view, sizes }, target(), { ...to, sizes, offset });
    await breathe();
  }
}

/** Reads straight into place, several runs at a time. */
async function fillStraight(read: ReadPart, target: Float32Array): Promise<void> {
  let next = 0;
  const reader = async () => {
    while (next < target.length) {
      const start = next;
      next += RUN;
      const place = target.subarray(start, next);
      const values = await read(start, place.length, place);
      if (values !== place) place.set(values);
    }
  };
  const readers = Array.from({ length: Math.min(READERS, Math.ceil(target.length / RUN)) }, reader);
  // All of them come to an end, also when one fails: the memory is theirs until then.
  for (const result of await Promise.allSettled(readers)) if (result.status === 'rejected') throw result.reason;
}

const equal = (a: readonly number[], b: readonly number[]): boolean => a.every((value, place) => value === b[place]);

/** Whether a walk takes the numbers as they lie. */
const inOrder = ({ sizes, strides, offset }: View): boolean => offset === 0 && equal(strides, viewOf(sizes).strides);

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
  const [rows = 1] = tensor.shape;
  // The axis of the walk that runs over the stored tensor's first one.
  const axis = view.sizes.findIndex((size, place) => size === rows && view.strides[place] === variable.size / rows);
  const read: ReadPart | undefined = tensor.readPart?.bind(tensor);
  const { numbers, steady, changed } = memoryOf(variable);
  try {
    if (read && steady && inOrder(view)) await fillStraight(read, numbers());
    else if (read && axis >= 0) await fillByRows(read, rows, view, axis, numbers, scratch);
    else copy(await tensor.read(), view, numbers(), viewOf(view.sizes));
  } finally {
    changed();
  }
}
