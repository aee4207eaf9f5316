/**
 * Few rows by the columns of a matrix: its rows, each times a factor, added up to rows of the result.
 *
 * A step holds three vectors of three rows of the matrix in registers while all rows of the result pass by, which lie interleaved
 * while they grow: every number of the matrix comes from memory once, and evenly in time. Two such steps, one below the other,
 * go along their six rows together. Processors fetch ahead a few lines of every row that is being read, and rows of a large matrix
 * end their page, where that stops, all at the same place: with three rows, a fifth of the time went into waiting there.
 */
import { FewRows, finish, place } from './few-rows';
import { fma } from './fma';
import { parts, roundUp } from './parts';
import { job, threadCount } from './pool';

/** Columns and rows of the matrix in a step, and bytes of its columns: of the matrix, of a row of the result, and of a row's factors. */
const stepColumns = 12;
const stepRows = 3;
const stepBytes: usize = 48;
/** Rows of the matrix that are read together. */
const together = 2 * stepRows;
/** What an item's columns are a multiple of: whole steps, in whole lines of a cache. */
const itemStep = 4 * stepColumns;
/** Numbers of the result of an item, about: half of the second cache. */
const mostNumbers = 1 << 17;

/** Rows of the result, in pairs. */
// @ts-ignore: decorator
@inline
function paired(rows: i32): i32 {
  return roundUp(rows, 2);
}

/** Columns of an item: as many for each. The more, the longer the rows of the matrix that are read. */
export function sweepWidth(rows: i32, columns: i32): i32 {
  const items = max(threadCount(), parts(columns, mostNumbers / paired(rows)));
  return roundUp(parts(columns, items), itemStep);
}

/** Of a thread's own: the factors of the rows that are read together, a step at the matrix's end, and the growing result. */
// @ts-ignore: decorator
@inline
function edgeAt(rows: i32): usize {
  return 2 * <usize>paired(rows) * stepBytes;
}

// @ts-ignore: decorator
@inline
function totalsAt(rows: i32): usize {
  return edgeAt(rows) + <usize>together * stepBytes;
}

function ownBytes(rows: i32, width: i32): usize {
  return (totalsAt(rows) + (<usize>(paired(rows) * width) << 2) + 63) & ~63;
}

/** Bytes of scratch. */
export function sweepBytes(rows: i32, columns: i32): usize {
  return <usize>threadCount() * ownBytes(rows, sweepWidth(rows, columns));
}

export function sweepBlock(item: i32, thread: i32): void {
  const task = job<FewRows>();
  const first = item * task.width;
  const count = min(task.width, task.columns - first);
  const rows = paired(task.rows);
  const factors = task.scratch + <usize>thread * ownBytes(task.rows, task.width);
  const edge = factors + edgeAt(task.rows);
  const totals = factors + totalsAt(task.rows);
  const steps = roundUp(count, stepColumns);
  memory.fill(totals, 0, <usize>(rows * steps) << 2);
  const bytes = <usize>task.columns << 2;
  const end = task.b + <usize>task.depth * bytes;
  let b = task.b + (<usize>first << 2);
  for (let k = 0; k < task.depth; k += together, b += together * bytes) {
    // A step that hangs over the edge reads on in the next row, and what comes of it is never looked at.
    const whole = b + (together - 1) * bytes + (<usize>steps << 2) <= end;
    if (whole && count >= itemStep) store<i32>(edge, readStarts(b, bytes));
    writeFactors(task, k, factors);
    if (whole) sweep(b, bytes, steps, factors, totals, rows);
    else {
      memory.fill(edge, 0, together * stepBytes);
      for (let j = 0; j < count; j += stepColumns) {
        copyStep(edge, b + (<usize>j << 2), bytes, min(together, task.depth - k), min(stepColumns, count - j));
        sweep(edge, stepBytes, stepColumns, factors, totals + (<usize>(j * rows) << 2), rows);
      }
    }
  }
  for (let j = 0; j < count; j += stepColumns)
    for (let row = 0; row < task.rows; row++)
      finishStep(task, row, first + j, totals + (<usize>(j * rows) << 2) + <usize>row * stepBytes, min(stepColumns, count - j));
}

/** Reads the first three lines of six rows at once: to wait for one of them, when its turn comes, is to wait for all. */
// @ts-ignore: decorator
@inline
function readStarts(b: usize, bytes: usize): i32 {
  let read = 0;
  for (let i = 0; i < together; i++, b += bytes) read |= load<i32>(b) | load<i32>(b, 64) | load<i32>(b, 128);
  return read;
}

/** `factors[i / 3, row, i % 3] = a[row, k + i]`, each in all lanes of a vector, or zero beyond the rows and the depth. */
function writeFactors(task: FewRows, k: i32, factors: usize): void {
  const below = <usize>paired(task.rows) * stepBytes;
  let a = task.a + (<usize>k << 2);
  for (let row = 0; row < paired(task.rows); row++, factors += stepBytes, a += <usize>task.depth << 2) {
    if (row < task.rows && k + together <= task.depth) {
      v128.store(factors, v128.load_splat<f32>(a)), v128.store(factors + below, v128.load_splat<f32>(a, 12));
      v128.store(factors, v128.load_splat<f32>(a, 4), 16), v128.store(factors + below, v128.load_splat<f32>(a, 16), 16);
      v128.store(factors, v128.load_splat<f32>(a, 8), 32), v128.store(factors + below, v128.load_splat<f32>(a, 20), 32);
    } else
      for (let i = 0; i < together; i++) {
        const inside = row < task.rows && k + i < task.depth;
        const factor = inside ? v128.load_splat<f32>(a + (<usize>i << 2)) : f32x4.splat(0);
        v128.store(factors + <usize>(i / stepRows) * below + (<usize>(i % stepRows) << 4), factor);
      }
  }
}

/** What there is of a step at the end of the matrix, to where a whole one can be read. */
function copyStep(to: usize, from: usize, bytes: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++, to += stepBytes, from += bytes)
    if (columns == stepColumns) {
      v128.store(to, v128.load(from)), v128.store(to, v128.load(from, 16), 16), v128.store(to, v128.load(from, 32), 32);
    } else for (let j = 0; j < columns; j++) store<f32>(to + (<usize>j << 2), load<f32>(from + (<usize>j << 2)));
}

/** Six rows of the matrix into all rows of the result: `totals[j / 12, row, j % 12]`. @param rows A multiple of 2. */
function sweep(b: usize, bytes: usize, columns: i32, factors: usize, totals: usize, rows: i32): void {
  const below = stepRows * bytes;
  const resultBytes = <usize>rows * stepBytes;
  for (let j = columns; j > 0; j -= stepColumns) {
    addStep(b, bytes, factors, totals, rows);
    addStep(b + below, bytes, factors + resultBytes, totals, rows);
    b += stepBytes, totals += resultBytes;
  }
}

// @ts-ignore: decorator
@inline
function addStep(b: usize, bytes: usize, factors: usize, totals: usize, rows: i32): void {
  const x0 = v128.load(b), x1 = v128.load(b, 16), x2 = v128.load(b, 32);
  b += bytes;
  const y0 = v128.load(b), y1 = v128.load(b, 16), y2 = v128.load(b, 32);
  b += bytes;
  const z0 = v128.load(b), z1 = v128.load(b, 16), z2 = v128.load(b, 32);
  // Two rows an iteration: as many instructions as a processor can begin would else be spent on counting.
  for (let row = rows; row > 0; row -= 2) {
    addRow(factors, totals, x0, x1, x2, y0, y1, y2, z0, z1, z2);
    addRow(factors + stepBytes, totals + stepBytes, x0, x1, x2, y0, y1, y2, z0, z1, z2);
    factors += 2 * stepBytes, totals += 2 * stepBytes;
  }
}

/** Three rows of the matrix into one of the result. */
// @ts-ignore: decorator
@inline
function addRow(
  factors: usize, total: usize,
  x0: v128, x1: v128, x2: v128, y0: v128, y1: v128, y2: v128, z0: v128, z1: v128, z2: v128,
): void {
  const x = v128.load(factors), y = v128.load(factors, 16), z = v128.load(factors, 32);
  v128.store(total, fma(z, z0, fma(y, y0, fma(x, x0, v128.load(total)))));
  v128.store(total, fma(z, z1, fma(y, y1, fma(x, x1, v128.load(total, 16)))), 16);
  v128.store(total, fma(z, z2, fma(y, y2, fma(x, x2, v128.load(total, 32)))), 32);
}

/** Writes up to twelve numbers of a row of the result. */
function finishStep(task: FewRows, row: i32, column: i32, total: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    let sum = v128.load(total + (<usize>i << 2));
    if (task.bias) sum = f32x4.add(sum, v128.load(task.bias + (<usize>(column + i) << 2)));
    v128.store(place(task, row, column + i), task.relu ? f32x4.max(sum, f32x4.splat(0)) : sum);
  }
  for (; i < count; i++) finish(task, row, column + i, load<f32>(total + (<usize>i << 2)));
}
