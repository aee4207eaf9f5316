/**
 * Few rows by the columns of a matrix: its rows, each times a factor, added up to rows of the result.
 *
 * Six rows are read at a time, a sixth of the matrix apart, and at its end each goes on to the row that follows it in memory: what a
 * processor fetches ahead is then always what comes next, and it does so for six rows at once. (Measured at 4096 x 4096 and 8 rows:
 * 7.0 ms with three rows, 5.9 ms with six that are neighbours, 5.7 ms so; the multiplications alone take 4.7.) For the same reason
 * threads share the matrix by its rows, not by its columns, and what each of them has added up is added last.
 */
import { ceilDiv, roundUp } from '../threads/ceil-div';
import { job, threadCount } from '../threads/job';
import { addressOf, FewRows, finish } from './few-rows';
import { rowsPerHalf, rowsPerStep, stepBytes, stepColumns, sweep } from './few-rows-step';

/** What an item's columns are a multiple of: whole steps, in whole lines of a cache. */
const itemStep = 4 * stepColumns;
/** Rows of the matrix from which it is worth a part of its own. */
const minDepth = 128;
/** Columns of the result that an item adds up last. */
export const finishColumns = 10 * itemStep;
/** Elements of the result of an item, about: half of the second cache. */
const maxElements = 1 << 17;

/** Rows of the result, in pairs. */
// @ts-ignore: decorator
@inline
function paired(rows: i32): i32 {
  return roundUp(rows, 2);
}

/** How a matrix is shared out: parts of its rows, one for each thread if they are enough, and blocks of its columns. */
export function share(task: FewRows): void {
  const threads = threadCount();
  task.partDepth = ceilDiv(task.depth, max(1, min(threads, task.depth / minDepth)));
  task.depthParts = task.depth > 0 ? ceilDiv(task.depth, task.partDepth) : 1;
  const blocks = max(ceilDiv(threads, task.depthParts), ceilDiv(task.columns, maxElements / paired(task.rows)));
  task.width = roundUp(ceilDiv(task.columns, blocks), itemStep);
  task.blocks = ceilDiv(task.columns, task.width);
}

/**
 * How far apart the six are. An odd number: of a matrix whose rows are a power of two of bytes long, they share sets of the cache with
 * few others of the six.
 */
// @ts-ignore: decorator
@inline
function rowDistanceOf(depth: i32): i32 {
  const sixth = depth / rowsPerStep;
  return sixth > 0 ? (sixth - 1) | 1 : 0;
}

/** How often six rows are read, the last of which are neighbours, and may be fewer. */
// @ts-ignore: decorator
@inline
function rounds(depth: i32): i32 {
  const distance = rowDistanceOf(depth);
  return distance + ceilDiv(depth - rowsPerStep * distance, rowsPerStep);
}

/** Bytes of the factors of six rows. */
// @ts-ignore: decorator
@inline
function factorBytes(rows: i32): usize {
  return <usize>(rowsPerStep * paired(rows)) << 2;
}

/** Of a thread's own: the factors of a part, those of six rows in all lanes of vectors, then the last rows of the matrix. */
// @ts-ignore: decorator
@inline
function spreadAt(task: FewRows): usize {
  return (factorBytes(task.rows) * <usize>rounds(task.partDepth) + 63) & ~63;
}

// @ts-ignore: decorator
@inline
function edgeAt(task: FewRows): usize {
  return spreadAt(task) + 4 * factorBytes(task.rows);
}

function ownBytes(task: FewRows): usize {
  return (edgeAt(task) + (<usize>(rowsPerStep * task.width) << 2) + 63) & ~63;
}

/** Bytes of what an item adds up. */
// @ts-ignore: decorator
@inline
function totalBytes(task: FewRows): usize {
  return <usize>(paired(task.rows) * task.width) << 2;
}

// @ts-ignore: decorator
@inline
function totalsAt(task: FewRows): usize {
  return task.scratch + ownBytes(task) * <usize>threadCount();
}

/** Bytes of scratch. */
export function sweepBytes(task: FewRows): usize {
  share(task);
  task.scratch = 0;
  return totalsAt(task) + totalBytes(task) * <usize>(task.blocks * task.depthParts);
}

/** `to[round, i / 3, row, i % 3]` is the factor of the `i`-th of the six rows, or zero beyond the rows and the part. */
function packFactors(task: FewRows, begin: i32, depth: i32, to: usize): void {
  const distance = rowDistanceOf(depth);
  for (let round = 0; round < rounds(depth); round++) {
    const k = firstRow(round, distance);
    const step = round < distance ? distance : 1;
    for (let three = k; three < k + rowsPerStep * step; three += rowsPerHalf * step)
      for (let row = 0; row < paired(task.rows); row++)
        for (let i = three; i < three + rowsPerHalf * step; i += step, to += 4)
          store<f32>(to, row < task.rows && i < depth ? load<f32>(task.a + (<usize>(row * task.depth + begin + i) << 2)) : 0);
  }
}

/** The first of the six rows. */
// @ts-ignore: decorator
@inline
function firstRow(round: i32, distance: i32): i32 {
  return round < distance ? round : rowsPerStep * distance + (round - distance) * rowsPerStep;
}

export function sweepBlock(item: i32, thread: i32): void {
  const task = job<FewRows>();
  const part = item / task.blocks;
  const first = item % task.blocks * task.width;
  const count = min(task.width, task.columns - first);
  const begin = part * task.partDepth;
  const depth = min(task.partDepth, task.depth - begin);
  const rows = paired(task.rows);
  let packed = task.scratch + <usize>thread * ownBytes(task);
  const factors = packed + spreadAt(task);
  const edge = packed + edgeAt(task);
  const totals = totalsAt(task) + <usize>item * totalBytes(task);
  const steps = roundUp(count, stepColumns);
  memory.fill(totals, 0, <usize>(rows * steps) << 2);
  const bytes = <usize>task.columns << 2;
  const end = task.b + <usize>task.depth * bytes;
  const distance = rowDistanceOf(depth);
  packFactors(task, begin, depth, packed);
  for (let round = 0; round < rounds(depth); round++, packed += factorBytes(task.rows)) {
    spreadFactors(factors, packed, rowsPerStep * rows);
    const k = firstRow(round, distance);
    const b = task.b + <usize>(begin + k) * bytes + (<usize>first << 2);
    const stride = round < distance ? <usize>distance * bytes : bytes;
    const rowsLeft = round < distance ? rowsPerStep : min(rowsPerStep, depth - k);
    // A step that hangs over the edge reads on in the next row, and what comes of it is never looked at.
    const inside = b + (rowsPerStep - 1) * stride + (<usize>steps << 2) <= end;
    if (rowsLeft == rowsPerStep && inside) sweep(b, stride, steps, factors, totals, rows);
    else {
      copyRows(edge, <usize>steps << 2, b, stride, <usize>count << 2, rowsLeft);
      sweep(edge, <usize>steps << 2, steps, factors, totals, rows);
    }
  }
}

/** Second phase: adds up the parts. */
export function finishSweeps(item: i32): void {
  const task = job<FewRows>();
  const rows = paired(task.rows);
  const partBytes = totalBytes(task) * <usize>task.blocks;
  const end = min(task.columns, (item + 1) * finishColumns);
  for (let j = item * finishColumns; j < end; j += stepColumns) {
    const block = j / task.width;
    const at = totalsAt(task) + <usize>block * totalBytes(task) + (<usize>((j - block * task.width) * rows) << 2);
    for (let row = 0; row < task.rows; row++)
      finishStep(task, row, j, at + <usize>row * stepBytes, partBytes, min(stepColumns, task.columns - j));
  }
}

/** Each factor in all lanes of a vector. */
function spreadFactors(to: usize, from: usize, count: i32): void {
  for (let i = count; i > 0; i--, from += 4, to += 16) v128.store(to, v128.load_splat<f32>(from));
}

/** Six rows, or those there are and zeros, to where they may be read beyond their ends. */
function copyRows(to: usize, toBytes: usize, from: usize, fromBytes: usize, bytes: usize, rows: i32): void {
  memory.fill(to, 0, rowsPerStep * toBytes);
  for (let i = 0; i < rows; i++, to += toBytes, from += fromBytes) memory.copy(to, from, bytes);
}

/** Writes up to twelve elements of a row of the result. @param partBytes From what one part adds up to what the next does. */
function finishStep(task: FewRows, row: i32, column: i32, total: usize, partBytes: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4, total += 16) {
    let sum = v128.load(total);
    for (let part = 1; part < task.depthParts; part++) sum = f32x4.add(sum, v128.load(total + <usize>part * partBytes));
    if (task.bias) sum = f32x4.add(sum, v128.load(task.bias + (<usize>(column + i) << 2)));
    v128.store(addressOf(task, row, column + i), task.relu ? f32x4.max(sum, f32x4.splat(0)) : sum);
  }
  for (; i < count; i++, total += 4) {
    let sum = load<f32>(total);
    for (let part = 1; part < task.depthParts; part++) sum += load<f32>(total + <usize>part * partBytes);
    finish(task, row, column + i, sum);
  }
}
