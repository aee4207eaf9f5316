import { yieldToEventLoop } from '@zoo/core';
import type { VariableMemory } from '@zoo/layers/model';
import { elements, type StoredTensor } from '@zoo/tensor-files';
import { copy, isContiguous, type View, viewOf } from '@zoo/tensor-files/strided';

/** Elements that are read at a time if they are reordered afterwards: 512 KB, which stays in the cache. */
const chunkElements = 2 ** 17;

/**
 * Memory for two pieces: one is being read while the other is put in its place. Made when it is first asked for, and once, because
 * fresh memory is slow, and calls for the garbage collector.
 */
export type Scratch = () => readonly [Float32Array, Float32Array];

export function makeScratch(): Scratch {
  let made: ReturnType<Scratch> | undefined;
  return () => {
    made ??= [new Float32Array(chunkElements), new Float32Array(chunkElements)];
    return made;
  };
}

export type ReadPart = (start: number, length: number, into?: Float32Array) => Promise<Float32Array>;

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
  const atOnce = Math.max(1, Math.floor(chunkElements / rowSize));
  const start = (first: number) => {
    const length = Math.min(atOnce, rows - first) * rowSize;
    const memory = scratch()[(first / atOnce) % 2 === 0 ? 0 : 1];
    const part = read(first * rowSize, length, length <= chunkElements ? memory.subarray(0, length) : undefined);
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
    await yieldToEventLoop();
  }
}

/** Whether a walk takes the elements as they lie. */
export const inOrder = (view: View): boolean => view.offset === 0 && isContiguous(view);

/**
 * Fills a variable's memory from a stored tensor, in the order of `view`. It is read in pieces where its format allows it: the largest
 * weight of an AlexNet would otherwise be there twice.
 */
export async function fillVariable(
  { elements: numbers, commit: changed }: VariableMemory,
  tensor: StoredTensor,
  view: View,
  scratch: Scratch,
): Promise<void> {
  const [rows = 1] = tensor.shape;
  const size = elements(tensor.shape);
  // The axis of the walk that runs over the stored tensor's first one.
  const axis = view.sizes.findIndex((count, index) => count === rows && view.strides[index] === size / rows);
  const read: ReadPart | undefined = tensor.readPart?.bind(tensor);
  try {
    if (read && axis >= 0) await fillByRows(read, rows, view, axis, numbers, scratch);
    else copy(await tensor.read(), view, numbers(), viewOf(view.sizes));
  } finally {
    changed();
  }
}
