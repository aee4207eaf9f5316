import { elements } from '@zoo/core';
import { type View, viewOf } from './view.ts';

/** An axis of a copy: its size, and its strides in source and target. */
interface Axis {
  size: number;
  read: number;
  write: number;
}

const at = (values: readonly number[], axis: number): number => values[axis] ?? 1;

/** The axes of a copy, those that lie in one piece on both sides as one, and without those of one place. */
function axesOf(from: View, to: View): Axis[] {
  const axes: Axis[] = [];
  for (const [axis, size] of from.sizes.entries()) {
    if (size === 1) continue;
    const next = { size, read: at(from.strides, axis), write: at(to.strides, axis) };
    const last = axes.at(-1);
    if (last && last.read === next.read * size && last.write === next.write * size)
      axes.splice(-1, 1, { ...next, size: last.size * size });
    else axes.push(next);
  }
  return axes;
}

/** The axis whose next place lies nearest. */
const nearest = (axes: readonly Axis[], side: 'read' | 'write'): Axis | undefined =>
  axes.toSorted((a, b) => Math.abs(a[side]) - Math.abs(b[side]))[0];

/** Offsets of every place of these axes, in the order of the walk. */
function offsets(axes: readonly Axis[], side: 'read' | 'write', start: number): Int32Array {
  let places = Int32Array.of(start);
  for (const axis of axes) {
    const next = new Int32Array(places.length * axis.size);
    for (let i = 0, index = 0; i < places.length; i++)
      for (let step = 0; step < axis.size; step++) next[index++] = (places[i] ?? 0) + step * axis[side];
    places = next;
  }
  return places;
}

/** Shorter runs are copied faster element by element than by a call. */
const minRunForCall = 32;

function copyRun(source: Float32Array, read: number, target: Float32Array, write: number, axis: Axis): void {
  if (axis.read === 1 && axis.write === 1 && axis.size >= minRunForCall) {
    target.set(source.subarray(read, read + axis.size), write);
    return;
  }
  for (let index = 0, r = read, w = write; index < axis.size; index++, r += axis.read, w += axis.write)
    target[w] = source[r] ?? 0;
}

/** Places of `across` that are copied before the next matrix is begun: two lines of the cache. */
const blockSize = 32;

/**
 * Copies matrices that are contiguous along `down` in the source and along `across` in the target. Each writes whole lines of the
 * cache, and comes to the next page of the target only once: cold memory and its page table cost more than the copying.
 */
function copyTurned(
  source: Float32Array,
  reads: Int32Array,
  target: Float32Array,
  writes: Int32Array,
  down: Axis,
  across: Axis,
): void {
  // Local variables: property access would cost as much as the copying.
  const [downRead, downWrite, acrossRead, acrossWrite] = [down.read, down.write, across.read, across.write];
  const [read2, read3, write2, write3] = [2 * acrossRead, 3 * acrossRead, 2 * acrossWrite, 3 * acrossWrite];
  const rows = down.size;
  const whole = across.size - (across.size % 4);
  for (let block = 0; block < whole; block += blockSize) {
    const end = Math.min(block + blockSize, whole);
    for (let index = 0; index < reads.length; index++) {
      for (let first = block; first < end; first += 4) {
        let r = (reads[index] ?? 0) + first * acrossRead;
        let w = (writes[index] ?? 0) + first * acrossWrite;
        for (let row = 0; row < rows; row++) {
          target[w] = source[r] ?? 0;
          target[w + acrossWrite] = source[r + acrossRead] ?? 0;
          target[w + write2] = source[r + read2] ?? 0;
          target[w + write3] = source[r + read3] ?? 0;
          r += downRead;
          w += downWrite;
        }
      }
    }
  }
  for (let last = whole; last < across.size; last++)
    for (let index = 0; index < reads.length; index++)
      copyRun(source, (reads[index] ?? 0) + last * acrossRead, target, (writes[index] ?? 0) + last * acrossWrite, down);
}

/** Copies the elements of view `from` of `source` to view `to` of `target`. Both views have the same sizes. */
export function copy(source: Float32Array, from: View, target: Float32Array, to: View): void {
  const axes = axesOf(from, to);
  const [down, across] = [nearest(axes, 'read'), nearest(axes, 'write')];
  const rest = axes.filter((axis) => axis !== down && axis !== across);
  // In the order in which they lie in the source.
  rest.sort((a, b) => Math.abs(b.read) - Math.abs(a.read));
  const reads = offsets(rest, 'read', from.offset);
  const writes = offsets(rest, 'write', to.offset);
  if (down && across && down !== across) {
    copyTurned(source, reads, target, writes, down, across);
    return;
  }
  for (let index = 0; index < reads.length; index++) {
    const [read, write] = [reads[index] ?? 0, writes[index] ?? 0];
    if (down) copyRun(source, read, target, write, down);
    else target[write] = source[read] ?? 0;
  }
}

/** The elements in the order of a view. */
export function reordered(values: Float32Array, view: View): Float32Array {
  const result = new Float32Array(elements(view.sizes));
  copy(values, view, result, viewOf(view.sizes));
  return result;
}
