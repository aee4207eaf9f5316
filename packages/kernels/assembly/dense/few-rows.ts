/**
 * Products of a few rows with a large matrix: dense layers with a small batch. Reading the matrix is what takes the time, so it is read
 * once, as it lies in memory, and never packed: along its rows, several at once and as far as can be, since a processor fetches ahead
 * what is read evenly.
 *
 *     A . B^T   few-rows-dot.ts     a row of the matrix is a column of the product: dot products
 *     A . B     few-rows-sweep.ts   a row of the matrix is a step of the depth: it is added, times a factor, to all rows of the result
 *
 * From about 64 rows on, multiplying takes longer than reading, and packing pays (gemm/).
 */
import { job } from '../threads/job';

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

export function describeFewRows(
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

/** `c[row, column]`. */
// @ts-ignore: decorator
@inline
export function addressOf(task: FewRows, row: i32, column: i32): usize {
  return task.c + (<usize>(row * task.columns + column) << 2);
}

/** Writes an element of the result: the sum, the bias, and what is left of both. */
// @ts-ignore: decorator
@inline
export function finish(task: FewRows, row: i32, column: i32, sum: f32): void {
  const value = task.bias ? sum + load<f32>(task.bias + (<usize>column << 2)) : sum;
  store<f32>(addressOf(task, row, column), task.relu ? max<f32>(value, 0) : value);
}
