/**
 * Products of a few rows with a large matrix: dense layers with a small batch. The matrix is read once, as it lies in memory,
 * and never packed, for reading it is what takes the time. The rows are packed, and so is the result while it grows: rows of
 * such matrices lie a multiple of 4096 bytes apart as often as not, where few of them fit into the first cache together.
 */
import { fma } from './fma';
import { cutNegative } from './finish-rows';
import { job, parallel, threadCount } from './pool';
import { Kind } from './run-item';

@unmanaged
class FewRows {
  a: usize;
  b: usize;
  bias: usize;
  c: usize;
  rows: i32;
  columns: i32;
  depth: i32;
  relu: i32;
  packed: usize;
  own: usize;
}

/** Rows of the matrix for an item, if they are the columns of the result. */
const dotColumns = 32;
/** Numbers of a row that are multiplied before the next row's turn: four packed rows of them are half of the first cache. */
const dotDepth = 1024;
/** Columns of the matrix for an item, if they are the columns of the result. */
const sweepColumns = 512;

function roundUp(count: i32, size: i32): i32 {
  return ((count + size - 1) / size) * size;
}

/** Bytes of a strip: four rows of the matrix, as many columns as an item has. */
const stripBytes: usize = 4 * sweepColumns * 4;

/** Bytes of a thread's own: a strip, and the result of an item. */
function ownBytes(rows: i32): usize {
  return stripBytes + (<usize>(roundUp(rows, 2) * sweepColumns) << 2);
}

/** Bytes of scratch that the two products below need. */
export function planFewRows(rows: i32, depth: i32): usize {
  return (<usize>(roundUp(rows, 4) * roundUp(depth, 4)) << 2) + <usize>threadCount() * ownBytes(rows);
}

function describe(
  a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, depth: i32, relu: i32, scratch: usize,
): void {
  const task = job<FewRows>();
  task.a = a;
  task.b = b;
  task.bias = bias;
  task.c = c;
  task.rows = rows;
  task.columns = columns;
  task.depth = depth;
  task.relu = relu;
  task.packed = scratch;
  task.own = scratch + (<usize>(roundUp(rows, 4) * roundUp(depth, 4)) << 2);
}

/** `c = bias + a . b^T`: dot products. @param a `[rows, depth]` @param b `[columns, depth]` @param bias `[columns]` or 0 */
export function fewRowsTransposed(
  a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, depth: i32, relu: bool, scratch: usize,
): i32 {
  describe(a, b, bias, c, rows, columns, depth, relu, scratch);
  pack(4);
  return parallel(Kind.fewRowsTransposed, (columns + dotColumns - 1) / dotColumns);
}

/** `c = bias + a . b`: rows of `b`, added up. @param a `[rows, depth]` @param b `[depth, columns]` @param bias `[columns]` or 0 */
export function fewRows(
  a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, depth: i32, relu: bool, scratch: usize,
): i32 {
  describe(a, b, bias, c, rows, columns, depth, relu, scratch);
  pack(2);
  return parallel(Kind.fewRows, (columns + sweepColumns - 1) / sweepColumns);
}

/** A number of `a`, or zero beyond its rows and its depth. */
// @ts-ignore: decorator
@inline
function element(task: FewRows, row: i32, k: i32): f32 {
  return row < task.rows && k < task.depth ? load<f32>(task.a + (<usize>(row * task.depth + k) << 2)) : 0;
}

/** `packed[row / count, k / 4, row % count, k % 4] = a[row, k]`: the vectors that a step needs lie side by side. */
function pack(count: i32): void {
  const task = job<FewRows>();
  let to = task.packed;
  for (let row = 0; row < task.rows; row += count)
    for (let k = 0; k < task.depth; k += 4)
      for (let r = row; r < row + count; r++, to += 16)
        if (r < task.rows && k + 4 <= task.depth)
          v128.store(to, v128.load(task.a + (<usize>(r * task.depth + k) << 2)));
        else for (let i: usize = 0; i < 4; i++) store<f32>(to + (i << 2), element(task, r, k + <i32>i));
}

// @ts-ignore: decorator
@inline
function place(task: FewRows, row: i32, column: i32): usize {
  return task.c + (<usize>(row * task.columns + column) << 2);
}

// @ts-ignore: decorator
@inline
function add(to: usize, value: f32): void {
  store<f32>(to, load<f32>(to) + value);
}

function bias(task: FewRows, column: i32): f32 {
  return task.bias ? load<f32>(task.bias + (<usize>column << 2)) : 0;
}

export function dotBlock(item: i32): void {
  const task = job<FewRows>();
  const first = item * dotColumns;
  const end = min(task.columns, first + dotColumns);
  const bBytes = <usize>task.depth << 2;
  for (let row = 0; row < task.rows; row++)
    for (let j = first; j < end; j++) store<f32>(place(task, row, j), bias(task, j));
  const vectors = task.depth & ~3;
  const tileBytes = <usize>roundUp(task.depth, 4) << 4;
  for (let k = 0; k < vectors; k += dotDepth) {
    const length = min(dotDepth, vectors - k);
    for (let row = 0; row < task.rows; row += 4) {
      const a = task.packed + <usize>(row / 4) * tileBytes + (<usize>k << 4);
      let b = task.b + <usize>first * bBytes + (<usize>k << 2);
      let j = first;
      if (task.rows == 1) {
        for (; j + 4 <= end; j += 4, b += 4 * bBytes)
          dotFour(task.a + (<usize>k << 2), b, bBytes, length, place(task, 0, j));
      } else {
        for (; j + 2 <= end; j += 2, b += 2 * bBytes) {
          dotFourByTwo(a, b, b + bBytes, length, task, row, j);
        }
      }
      for (; j < end; j++, b += bBytes) dotFourByOne(a, b, length, task, row, j);
    }
  }
  for (let k = vectors; k < task.depth; k++)
    for (let row = 0; row < task.rows; row++)
      for (let j = first; j < end; j++)
        add(place(task, row, j), element(task, row, k) * load<f32>(task.b + <usize>j * bBytes + (<usize>k << 2)));
  if (task.relu) cutNegative(place(task, 0, first), <usize>task.columns << 2, task.rows, end - first);
}

/** The sums of four vectors, side by side. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
}

/** Adds four sums to a column of `c`, as far as it has rows. */
function addColumn(sum: v128, task: FewRows, row: i32, column: i32): void {
  const to = place(task, row, column);
  const bytes = <usize>task.columns << 2;
  const rows = task.rows - row;
  add(to, f32x4.extract_lane(sum, 0));
  if (rows > 1) add(to + bytes, f32x4.extract_lane(sum, 1));
  if (rows > 2) add(to + 2 * bytes, f32x4.extract_lane(sum, 2));
  if (rows > 3) add(to + 3 * bytes, f32x4.extract_lane(sum, 3));
}

/** Four packed rows by two rows of the matrix: each of its vectors is used four times. */
function dotFourByTwo(a: usize, b0: usize, b1: usize, length: i32, task: FewRows, row: i32, column: i32): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (let k = length; k > 0; k -= 4) {
    const left = v128.load(b0), right = v128.load(b1);
    const a0 = v128.load(a);
    c00 = fma(a0, left, c00), c01 = fma(a0, right, c01);
    const a1 = v128.load(a, 16);
    c10 = fma(a1, left, c10), c11 = fma(a1, right, c11);
    const a2 = v128.load(a, 32);
    c20 = fma(a2, left, c20), c21 = fma(a2, right, c21);
    const a3 = v128.load(a, 48);
    c30 = fma(a3, left, c30), c31 = fma(a3, right, c31);
    a += 64, b0 += 16, b1 += 16;
  }
  addColumn(sums(c00, c10, c20, c30), task, row, column);
  addColumn(sums(c01, c11, c21, c31), task, row, column + 1);
}

function dotFourByOne(a: usize, b: usize, length: i32, task: FewRows, row: i32, column: i32): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  for (let k = length; k > 0; k -= 4, a += 64, b += 16) {
    const x = v128.load(b);
    c0 = fma(v128.load(a), x, c0), c1 = fma(v128.load(a, 16), x, c1);
    c2 = fma(v128.load(a, 32), x, c2), c3 = fma(v128.load(a, 48), x, c3);
  }
  addColumn(sums(c0, c1, c2, c3), task, row, column);
}

/** One row by four rows of the matrix. */
function dotFour(a: usize, b: usize, bytes: usize, length: i32, c: usize): void {
  let b0 = b, b1 = b + bytes, b2 = b + 2 * bytes, b3 = b + 3 * bytes;
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  for (let k = length; k > 0; k -= 4) {
    const x = v128.load(a);
    c0 = fma(x, v128.load(b0), c0), c1 = fma(x, v128.load(b1), c1);
    c2 = fma(x, v128.load(b2), c2), c3 = fma(x, v128.load(b3), c3);
    a += 16, b0 += 16, b1 += 16, b2 += 16, b3 += 16;
  }
  v128.store(c, f32x4.add(v128.load(c), sums(c0, c1, c2, c3)));
}

export function sweepBlock(item: i32, thread: i32): void {
  const task = job<FewRows>();
  const first = item * sweepColumns;
  const count = min(sweepColumns, task.columns - first);
  const bBytes = <usize>task.columns << 2;
  const strip = task.own + <usize>thread * ownBytes(task.rows);
  const totals = strip + stripBytes;
  for (let row = 0; row < task.rows; row++)
    for (let j = 0; j < count; j++) store<f32>(total(totals, row, j), bias(task, first + j));
  const pairBytes = <usize>roundUp(task.depth, 4) << 3;
  const vectors = count & ~3;
  let b = task.b + (<usize>first << 2);
  let k = 0;
  for (; k + 4 <= task.depth; k += 4, b += 4 * bBytes) {
    copyStrip(strip, b, bBytes, vectors);
    for (let row = 0; row < task.rows; row += 2) {
      const factors = task.packed + <usize>(row / 2) * pairBytes + (<usize>k << 3);
      sweepPair(factors, strip, vectors, total(totals, row, 0));
    }
  }
  const swept = k;
  for (let row = 0; row < task.rows; row++)
    for (let j = 0; j < count; j++)
      for (k = j < vectors ? swept : 0; k < task.depth; k++)
        add(total(totals, row, j), element(task, row, k) * load<f32>(task.b + <usize>k * bBytes + (<usize>(first + j) << 2)));
  for (let row = 0; row < task.rows; row++)
    for (let j = 0; j < count; j++) {
      const value = load<f32>(total(totals, row, j));
      store<f32>(place(task, row, first + j), task.relu ? max<f32>(value, 0) : value);
    }
}

/** Where a number of the growing result is: `totals[row / 2, j / 4, row % 2, j % 4]`. */
// @ts-ignore: decorator
@inline
function total(totals: usize, row: i32, j: i32): usize {
  return totals + (<usize>((row / 2) * 2 * sweepColumns + (j / 4) * 8 + (row % 2) * 4 + (j % 4)) << 2);
}

/** Four rows of the matrix, side by side: `strip[j / 4, i, j % 4] = b[i, j]`. */
function copyStrip(strip: usize, b: usize, bytes: usize, count: i32): void {
  let b0 = b, b1 = b + bytes, b2 = b + 2 * bytes, b3 = b + 3 * bytes;
  for (let j = count; j > 0; j -= 4) {
    v128.store(strip, v128.load(b0)), v128.store(strip, v128.load(b1), 16);
    v128.store(strip, v128.load(b2), 32), v128.store(strip, v128.load(b3), 48);
    b0 += 16, b1 += 16, b2 += 16, b3 += 16, strip += 64;
  }
}

/** Adds four rows of the matrix, each times its factor, to two rows of the result: each of its vectors is used twice. */
function sweepPair(a: usize, strip: usize, count: i32, c: usize): void {
  const a00 = v128.load_splat<f32>(a), a01 = v128.load_splat<f32>(a, 4);
  const a02 = v128.load_splat<f32>(a, 8), a03 = v128.load_splat<f32>(a, 12);
  const a10 = v128.load_splat<f32>(a, 16), a11 = v128.load_splat<f32>(a, 20);
  const a12 = v128.load_splat<f32>(a, 24), a13 = v128.load_splat<f32>(a, 28);
  for (let j = count; j > 0; j -= 4) {
    const b0 = v128.load(strip);
    let c0 = fma(a00, b0, v128.load(c)), c1 = fma(a10, b0, v128.load(c, 16));
    const b1 = v128.load(strip, 16);
    c0 = fma(a01, b1, c0), c1 = fma(a11, b1, c1);
    const b2 = v128.load(strip, 32);
    c0 = fma(a02, b2, c0), c1 = fma(a12, b2, c1);
    const b3 = v128.load(strip, 48);
    c0 = fma(a03, b3, c0), c1 = fma(a13, b3, c1);
    v128.store(c, c0), v128.store(c, c1, 16);
    strip += 64, c += 32;
  }
}
