import * as tf from '@tensorflow/tfjs-core';
import type { StoredTensor } from '../tensor.ts';
import { copy, type View, viewOf } from './view.ts';
import { wasmNumbers } from './wasm-numbers.ts';

/** Numbers that are read at a time: 4 MB. */
const PIECE = 2 ** 20;

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
): Promise<void> {
  const rows = view.sizes[axis] ?? 0;
  const rowSize = view.strides[axis] ?? 1;
  const to = viewOf(view.sizes);
  const atOnce = Math.max(1, Math.floor(PIECE / rowSize));
  const read = (first: number) =>
    first < rows ? readPart.call(tensor, first * rowSize, Math.min(atOnce, rows - first) * rowSize) : undefined;
  let next = read(0);
  for (let first = 0; first < rows; first += atOnce) {
    const values = await next;
    next = read(first + atOnce);
    // A failure is thrown where it is awaited, in the next round.
    next?.catch(() => {});
    if (!values) throw new Error(`${tensor.name}: rows end at ${first} of ${rows}`);
    const sizes = view.sizes.with(axis, Math.min(atOnce, rows - first));
    copy(values, { ...view, sizes }, target(), {
      ...to,
      sizes,
      offset: first * (to.strides[axis] ?? 1),
    });
  }
}

async function readInto(tensor: StoredTensor, view: View, target: () => Float32Array): Promise<void> {
  const [rows = 1] = tensor.shape;
  const size = view.sizes.reduce((product, length) => product * length, 1);
  const axis = rowAxis(view, rows, size / rows);
  if (size > PIECE && tensor.readPart && axis >= 0) await readRows(tensor, tensor.readPart, view, axis, target);
  else copy(await tensor.read(), view, target(), viewOf(view.sizes));
}

/**
 * Fills a variable from a stored tensor, in the order of `view`. A large tensor is read in pieces where its format allows it,
 * and on wasm goes straight to its place on the heap: the largest weight of an AlexNet would otherwise be there three times.
 */
export async function fillVariable(variable: tf.Variable, tensor: StoredTensor, view: View): Promise<void> {
  const onHeap = wasmNumbers(variable);
  if (onHeap) {
    await readInto(tensor, view, onHeap.numbers);
    onHeap.changed();
    return;
  }
  const values = new Float32Array(variable.size);
  await readInto(tensor, view, () => values);
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
}
