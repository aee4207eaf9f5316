/** Few rows by the rows of a matrix: dot products. They come in tiles that read the matrix where it lies, or, of one or two rows, one by one. */
import { columnStep, panelBytes, tileColumns, tileRows } from '../gemm/blocking';
import { interleavePanels } from '../gemm/pack/interleave';
import { rowTile } from '../gemm/row-tile';
import { tileBytes } from '../gemm/tile';
import { fma } from '../simd/fma';
import { ceilDiv } from '../threads/ceil-div';
import { job, threadCount } from '../threads/job';
import { FewRows, finish } from './few-rows';

/** Rows of the matrix for an item: whole tiles, and whole steps of one row. */
export const dotColumns = 24;

/** Rows up to which a tile, which is as long for one row as for eight, takes longer. */
const maxSingleRows = 2;

/** Of a thread's own: addresses of rows, what a tile starts from, and a tile. */
const zerosAt: usize = 64;
const tileAt: usize = zerosAt + columnStep;
const ownBytes: usize = (tileAt + tileBytes + 63) & ~63;

/** Bytes of scratch: what the threads need, and the rows in panels. */
export function dotBytes(rows: i32, depth: i32): usize {
  return <usize>threadCount() * ownBytes + <usize>ceilDiv(rows, tileColumns) * panelBytes(depth);
}

// @ts-ignore: decorator
@inline
function packed(task: FewRows): usize {
  return task.scratch + <usize>threadCount() * ownBytes;
}

/** `packed[row / 8, k, row % 8] = a[row, k]`. */
export function packForDots(task: FewRows): void {
  if (task.rows > maxSingleRows) interleavePanels(packed(task), task.a, task.depth, task.rows);
}

export function dotBlock(item: i32, thread: i32): void {
  const task = job<FewRows>();
  const first = item * dotColumns;
  const end = min(task.columns, first + dotColumns);
  if (task.rows <= maxSingleRows) dotRows(task, first, end);
  else dotTiles(task, first, end, task.scratch + <usize>thread * ownBytes);
}

function dotTiles(task: FewRows, first: i32, end: i32, own: usize): void {
  const bytes = <usize>task.depth << 2;
  memory.fill(own + zerosAt, 0, columnStep);
  for (let j = first; j < end; j += tileRows) {
    // A tile beyond the last row goes over that once more.
    for (let i = 0; i < tileRows; i++) store<usize>(own + (i << 2), task.b + <usize>min(j + i, end - 1) * bytes);
    let panel = packed(task);
    for (let row = 0; row < task.rows; row += tileColumns, panel += panelBytes(task.depth)) {
      rowTile(own, 4, task.depth, 1, 0, panel, own + tileAt, columnStep, own + zerosAt);
      for (let r = row; r < min(task.rows, row + tileColumns); r++)
        for (let i = j; i < min(end, j + tileRows); i++)
          finish(task, r, i, load<f32>(own + tileAt + (<usize>((i - j) * tileColumns + r - row) << 2)));
    }
  }
}

function dotRows(task: FewRows, first: i32, end: i32): void {
  const bytes = <usize>task.depth << 2;
  let b = task.b + <usize>first * bytes;
  let j = first;
  for (; j + 8 <= end; j += 8, b += 8 * bytes)
    for (let row = 0; row < task.rows; row++) dotEight(task, row, b, bytes, j);
  for (; j < end; j++, b += bytes)
    for (let row = 0; row < task.rows; row++) finish(task, row, j, dotOne(task.a + <usize>row * bytes, b, task.depth));
}

/** The sums of four vectors, side by side. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
}

/** One row by eight rows of the matrix. */
function dotEight(task: FewRows, row: i32, b: usize, bytes: usize, column: i32): void {
  let a = task.a + <usize>row * bytes, b0 = b, b1 = b0 + bytes, b2 = b1 + bytes, b3 = b2 + bytes;
  let b4 = b3 + bytes, b5 = b4 + bytes, b6 = b5 + bytes, b7 = b6 + bytes;
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
  let k = task.depth;
  for (; k >= 4; k -= 4) {
    const x = v128.load(a);
    c0 = fma(x, v128.load(b0), c0), c1 = fma(x, v128.load(b1), c1);
    c2 = fma(x, v128.load(b2), c2), c3 = fma(x, v128.load(b3), c3);
    c4 = fma(x, v128.load(b4), c4), c5 = fma(x, v128.load(b5), c5);
    c6 = fma(x, v128.load(b6), c6), c7 = fma(x, v128.load(b7), c7);
    a += 16, b0 += 16, b1 += 16, b2 += 16, b3 += 16, b4 += 16, b5 += 16, b6 += 16, b7 += 16;
  }
  finishFour(task, row, column, sums(c0, c1, c2, c3), a, b0, bytes, k);
  finishFour(task, row, column + 4, sums(c4, c5, c6, c7), a, b4, bytes, k);
}

/** Adds what a depth that is no multiple of 4 leaves. */
function finishFour(
  task: FewRows, row: i32, column: i32, sum: v128, a: usize, b: usize, bytes: usize, left: i32,
): void {
  finish(task, row, column, f32x4.extract_lane(sum, 0) + dotOne(a, b, left));
  finish(task, row, column + 1, f32x4.extract_lane(sum, 1) + dotOne(a, b + bytes, left));
  finish(task, row, column + 2, f32x4.extract_lane(sum, 2) + dotOne(a, b + 2 * bytes, left));
  finish(task, row, column + 3, f32x4.extract_lane(sum, 3) + dotOne(a, b + 3 * bytes, left));
}

function dotOne(a: usize, b: usize, depth: i32): f32 {
  let c = f32x4.splat(0);
  let k = depth;
  for (; k >= 4; k -= 4, a += 16, b += 16) c = fma(v128.load(a), v128.load(b), c);
  let sum = f32x4.extract_lane(sums(c, c, c, c), 0);
  for (; k > 0; k--, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}
