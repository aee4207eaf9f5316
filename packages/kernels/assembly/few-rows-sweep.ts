/** Few rows by the columns of a matrix: its rows, each times a factor, added up to rows of the result, which are packed while they grow. */
import { FewRows, finish, place } from './few-rows';
import { fma } from './fma';
import { parts, roundUp } from './parts';
import { job, threadCount } from './pool';

/** Columns of four rows of the matrix that stay in the first cache while all rows of the result pass by. */
const strip = 256;
/** Numbers of the result of an item, about: half of the second cache. */
const mostNumbers = 1 << 17;

/** Columns of an item: as many for each. The more, the longer the rows of the matrix that are read. */
export function sweepWidth(rows: i32, columns: i32): i32 {
  const items = max(threadCount(), parts(columns, mostNumbers / roundUp(rows, 2)));
  return roundUp(parts(columns, items), strip);
}

/** Bytes of the result of an item. */
// @ts-ignore: decorator
@inline
function ownBytes(rows: i32, width: i32): usize {
  return <usize>(roundUp(rows, 2) * width) << 2;
}

/** Bytes of scratch: the rows packed, and a result for each thread. */
export function sweepBytes(rows: i32, columns: i32, depth: i32): usize {
  const own = ownBytes(rows, sweepWidth(rows, columns));
  return (<usize>(roundUp(rows, 2) * roundUp(depth, 4)) << 2) + <usize>threadCount() * own;
}

// @ts-ignore: decorator
@inline
function pairBytes(task: FewRows): usize {
  return <usize>roundUp(task.depth, 4) << 3;
}

/** A number of `a`, or zero beyond its rows and its depth. */
// @ts-ignore: decorator
@inline
function element(task: FewRows, row: i32, k: i32): f32 {
  return row < task.rows && k < task.depth ? load<f32>(task.a + (<usize>(row * task.depth + k) << 2)) : 0;
}

/** `packed[row / 2, k / 4, row % 2, k % 4] = a[row, k]`: the factors that a step needs lie side by side. */
export function packForSweeps(task: FewRows): void {
  let to = task.scratch;
  for (let row = 0; row < task.rows; row += 2)
    for (let k = 0; k < task.depth; k += 4)
      for (let r = row; r < row + 2; r++, to += 16)
        if (r < task.rows && k + 4 <= task.depth)
          v128.store(to, v128.load(task.a + (<usize>(r * task.depth + k) << 2)));
        else for (let i: usize = 0; i < 4; i++) store<f32>(to + (i << 2), element(task, r, k + <i32>i));
}

export function sweepBlock(item: i32, thread: i32): void {
  const task = job<FewRows>();
  const first = item * task.width;
  const count = min(task.width, task.columns - first);
  const pairs = roundUp(task.rows, 2) >> 1;
  const totals = task.scratch + <usize>pairs * pairBytes(task) + <usize>thread * ownBytes(task.rows, task.width);
  memory.fill(totals, 0, ownBytes(task.rows, task.width));
  const bytes = <usize>task.columns << 2;
  const b = task.b + (<usize>first << 2);
  const vectors = count & ~3;
  const steps = task.depth & ~3;
  for (let k = 0; k < steps; k += 4)
    for (let j = 0; j < vectors; j += strip)
      sweepStrip(task, k, b + <usize>k * bytes + (<usize>j << 2), bytes, min(strip, vectors - j), totals + (<usize>(j * 2 * pairs) << 2));
  for (let row = 0; row < task.rows; row++) {
    for (let j = 0; j < vectors; j += 4) finishVector(task, row, first + j, total(totals, pairs, row, j), steps);
    for (let j = vectors; j < count; j++) {
      let sum: f32 = 0;
      for (let k = 0; k < task.depth; k++) sum += element(task, row, k) * load<f32>(b + <usize>k * bytes + (<usize>j << 2));
      finish(task, row, first + j, sum);
    }
  }
}

/** Writes four numbers of the result: their sum so far, what the last rows of the matrix add, and the bias. */
// @ts-ignore: decorator
@inline
function finishVector(task: FewRows, row: i32, column: i32, at: usize, steps: i32): void {
  let sum = v128.load(at);
  for (let k = steps; k < task.depth; k++)
    sum = fma(f32x4.splat(element(task, row, k)), v128.load(task.b + (<usize>(k * task.columns + column) << 2)), sum);
  if (task.bias) sum = f32x4.add(sum, v128.load(task.bias + (<usize>column << 2)));
  v128.store(place(task, row, column), task.relu ? f32x4.max(sum, f32x4.splat(0)) : sum);
}

/** Where a number of the growing result is: `totals[j / strip, row / 2, j % strip / 4, row % 2, j % 4]`. */
// @ts-ignore: decorator
@inline
function total(totals: usize, pairs: i32, row: i32, j: i32): usize {
  const inStrip = j % strip;
  const pair = ((j - inStrip) * pairs + (row >> 1) * strip) * 2;
  return totals + (<usize>(pair + (inStrip >> 2) * 8 + (row & 1) * 4 + (j & 3)) << 2);
}

/** Four rows of the matrix, as far as a strip is wide, into all rows of the result. */
function sweepStrip(task: FewRows, k: i32, b: usize, bytes: usize, count: i32, totals: usize): void {
  let factors = task.scratch + (<usize>k << 3);
  for (let row = 0; row < task.rows; row += 2, factors += pairBytes(task), totals += 2 * strip * 4)
    sweepPair(factors, b, bytes, count, totals);
}

/** Adds four rows of the matrix, each times its factor, to two rows of the result: each of its vectors is used twice. */
function sweepPair(a: usize, b: usize, bytes: usize, count: i32, c: usize): void {
  const a00 = v128.load_splat<f32>(a), a01 = v128.load_splat<f32>(a, 4);
  const a02 = v128.load_splat<f32>(a, 8), a03 = v128.load_splat<f32>(a, 12);
  const a10 = v128.load_splat<f32>(a, 16), a11 = v128.load_splat<f32>(a, 20);
  const a12 = v128.load_splat<f32>(a, 24), a13 = v128.load_splat<f32>(a, 28);
  let b0 = b, b1 = b0 + bytes, b2 = b1 + bytes, b3 = b2 + bytes;
  // Two vectors an iteration: as many instructions as a processor can begin would else be spent on counting.
  for (let j = count; j >= 8; j -= 8) {
    addFour(b0, b1, b2, b3, c, a00, a01, a02, a03, a10, a11, a12, a13);
    addFour(b0 + 16, b1 + 16, b2 + 16, b3 + 16, c + 32, a00, a01, a02, a03, a10, a11, a12, a13);
    b0 += 32, b1 += 32, b2 += 32, b3 += 32, c += 64;
  }
  if (count & 4) addFour(b0, b1, b2, b3, c, a00, a01, a02, a03, a10, a11, a12, a13);
}

/** Four columns of the four rows at `b0` to `b3` into the two of the result at `c`. */
// @ts-ignore: decorator
@inline
function addFour(
  b0: usize, b1: usize, b2: usize, b3: usize, c: usize,
  a00: v128, a01: v128, a02: v128, a03: v128, a10: v128, a11: v128, a12: v128, a13: v128,
): void {
  const x0 = v128.load(b0);
  let c0 = fma(a00, x0, v128.load(c)), c1 = fma(a10, x0, v128.load(c, 16));
  const x1 = v128.load(b1);
  c0 = fma(a01, x1, c0), c1 = fma(a11, x1, c1);
  const x2 = v128.load(b2);
  c0 = fma(a02, x2, c0), c1 = fma(a12, x2, c1);
  const x3 = v128.load(b3);
  c0 = fma(a03, x3, c0), c1 = fma(a13, x3, c1);
  v128.store(c, c0), v128.store(c, c1, 16);
}
