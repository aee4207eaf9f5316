/**
 * Products of a few rows with a large matrix: dense layers with a small batch. The matrix is read once, as it lies in memory,
 * and never packed, for reading it is what takes the time: along its rows, several at once and as far as can be, for what goes
 * on evenly is what a processor fetches ahead. few-rows-dot.ts and few-rows-sweep.ts are the two ways its rows can count.
 */
import { dotBytes, dotColumns, packForDots } from './few-rows-dot';
import { multiplyBySweeps, sweepBytes } from './few-rows-sweep';
import { parts } from './parts';
import { job, parallel } from './pool';
import { Kind } from './run-item';

@unmanaged
export class FewRows {
  a: usize;
  b: usize;
  bias: usize;
  c: usize;
  rows: i32;
  columns: i32;
  depth: i32;
  relu: i32;
  scratch: usize;

  // Where rows of the matrix are added up, each item does so many of them in so many columns.
  partDepth: i32;
  depthParts: i32;
  width: i32;
  blocks: i32;
}

/** Bytes of scratch that either of the two products below needs. */
export function planFewRows(rows: i32, columns: i32, depth: i32): usize {
  return max(dotBytes(rows, depth), sweepBytes(describe(0, 0, 0, 0, rows, columns, depth, 0, 0)));
}

function describe(
  a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, depth: i32, relu: i32, scratch: usize,
): FewRows {
  const task = job<FewRows>();
  task.a = a;
  task.b = b;
  task.bias = bias;
  task.c = c;
  task.rows = rows;
  task.columns = columns;
  task.depth = depth;
  task.relu = relu;
  task.scratch = scratch;
  return task;
}

/** `c = bias + a . b^T`: dot products. @param a `[rows, depth]` @param b `[columns, depth]` @param bias `[columns]` or 0 */
export function fewRowsTransposed(
  a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, depth: i32, relu: bool, scratch: usize,
): i32 {
  const task = describe(a, b, bias, c, rows, columns, depth, relu, scratch);
  packForDots(task);
  return parallel(Kind.fewRowsTransposed, parts(columns, dotColumns));
}

/** `c = bias + a . b`: rows of `b`, added up. @param a `[rows, depth]` @param b `[depth, columns]` @param bias `[columns]` or 0 */
export function fewRows(
  a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, depth: i32, relu: bool, scratch: usize,
): i32 {
  return multiplyBySweeps(describe(a, b, bias, c, rows, columns, depth, relu, scratch));
}

/** `c[row, column]`. */
// @ts-ignore: decorator
@inline
export function place(task: FewRows, row: i32, column: i32): usize {
  return task.c + (<usize>(row * task.columns + column) << 2);
}

/** Writes a number of the result: the sum, the bias, and what is left of both. */
// @ts-ignore: decorator
@inline
export function finish(task: FewRows, row: i32, column: i32, sum: f32): void {
  const value = task.bias ? sum + load<f32>(task.bias + (<usize>column << 2)) : sum;
  store<f32>(place(task, row, column), task.relu ? max<f32>(value, 0) : value);
}
