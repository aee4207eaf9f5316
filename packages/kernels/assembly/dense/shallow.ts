/**
 * Products of little depth, which the gradients of a dense layer's weights are: their depth is the batch. The result is large, and
 * so little is computed for an element of it that what a loop costs beside its multiplications counts. So the elements of A are spread over
 * the lanes of vectors once for a whole row of tiles, and the tiles of a row follow one another without a call.
 */
import { columnStep, panelBytes, tileColumns } from '../gemm/blocking';
import { copyPart } from '../gemm/tile';
import { fma } from '../simd/fma';
import { job } from '../threads/job';

@unmanaged
export class Shallow {
  a: usize;
  c: usize;
  /** Bytes from one row of A to the next, and from one element of a row. */
  aRow: usize;
  aStep: usize;
  rows: i32;
  columns: i32;
  depth: i32;
  itemRows: i32;
  /** Panels of B, and what a thread has for itself. */
  packed: usize;
  own: usize;
}

/** Rows of a tile: ten accumulators, two vectors of B and one of A leave registers over, with or without multiply-and-add. */
export const tileRows = 5;
/** Bytes of a step of a panel of A, whose elements are vectors. */
const spreadStep: usize = tileRows << 4;
/** A tile that hangs over an edge, at the beginning of a thread's own. */
const spareBytes: usize = <usize>tileRows * columnStep;
/** Items for each thread, so that all of them finish at about the same time. */
export const itemsPerThread = 8;

export function shallowOwnBytes(depth: i32): usize {
  return (spareBytes + <usize>depth * spreadStep + 63) & ~63;
}

export function shallowRows(item: i32, thread: i32): void {
  const task = job<Shallow>();
  const spare = task.own + <usize>thread * shallowOwnBytes(task.depth);
  const spread = spare + spareBytes;
  const stride = <usize>task.columns << 2;
  const end = min(task.rows, (item + 1) * task.itemRows);
  for (let row = item * task.itemRows; row < end; row += tileRows) {
    const count = min(tileRows, end - row);
    spreadRows(task, row, count, spread);
    const whole = count == tileRows ? task.columns / tileColumns : 0;
    let c = task.c + <usize>row * stride;
    tilesAlong(spread, task.packed, task.depth, c, stride, whole);
    c += <usize>whole * columnStep;
    for (let j = whole * tileColumns; j < task.columns; j += tileColumns, c += columnStep) {
      tilesAlong(spread, task.packed + <usize>(j / tileColumns) * panelBytes(task.depth), task.depth, spare, columnStep, 1);
      copyPart(c, stride, spare, columnStep, count, min(tileColumns, task.columns - j));
    }
  }
}

/** `to[k, r] = a[row + r, k]` in all lanes. Beyond the last row it is that once more. */
function spreadRows(task: Shallow, row: i32, count: i32, to: usize): void {
  for (let r = 0; r < tileRows; r++) {
    let from = task.a + <usize>(row + min(r, count - 1)) * task.aRow;
    let place = to + (<usize>r << 4);
    for (let k = task.depth; k > 0; k--, from += task.aStep, place += spreadStep) v128.store(place, v128.load_splat<f32>(from));
  }
}

/** So many tiles, side by side in C. */
function tilesAlong(spread: usize, b: usize, depth: i32, c: usize, stride: usize, count: i32): void {
  for (let i = count; i > 0; i--, c += columnStep) {
    const zero = f32x4.splat(0);
    let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero, c40 = zero, c41 = zero;
    let a = spread;
    for (let k = depth; k > 0; k--) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      const a0 = v128.load(a);
      c00 = fma(a0, b0, c00), c01 = fma(a0, b1, c01);
      const a1 = v128.load(a, 16);
      c10 = fma(a1, b0, c10), c11 = fma(a1, b1, c11);
      const a2 = v128.load(a, 32);
      c20 = fma(a2, b0, c20), c21 = fma(a2, b1, c21);
      const a3 = v128.load(a, 48);
      c30 = fma(a3, b0, c30), c31 = fma(a3, b1, c31);
      const a4 = v128.load(a, 64);
      c40 = fma(a4, b0, c40), c41 = fma(a4, b1, c41);
      a += spreadStep, b += columnStep;
    }
    let to = c;
    v128.store(to, c00), v128.store(to, c01, 16);
    to += stride;
    v128.store(to, c10), v128.store(to, c11, 16);
    to += stride;
    v128.store(to, c20), v128.store(to, c21, 16);
    to += stride;
    v128.store(to, c30), v128.store(to, c31, 16);
    to += stride;
    v128.store(to, c40), v128.store(to, c41, 16);
  }
}
