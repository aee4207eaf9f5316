/** Products of matrices, many at once, either operand transposed. */
import { job } from '../threads/job';
import { plan } from './plan';
import { Product, Source } from './product';

/**
 * `c[g] = bias + a[g] . b[g]`: plans it, and answers with the bytes of scratch that `multiply` needs.
 *
 * @param a `[groups, rows, depth]`, with `transposeA` `[groups, depth, rows]`; `aGroup` elements from one to the next, 0 for the same.
 * @param b `[groups, depth, columns]`, with `transposeB` `[groups, columns, depth]`.
 * @param bias `[columns]`, the same for all groups, or 0.
 */
export function planMatMul(
  a: usize, b: usize, bias: usize, c: usize, groups: i32, rows: i32, columns: i32, depth: i32,
  transposeA: bool, transposeB: bool, aGroup: i32, bGroup: i32, relu: bool,
): usize {
  const task = job<Product>();
  task.a = a;
  task.b = b;
  task.c = c;
  task.bias = bias;
  task.biasGroup = 0;
  task.relu = relu;
  task.groups = groups;
  task.rows = rows;
  task.columns = columns;
  task.depth = depth;
  task.aSource = transposeA ? Source.transposed : Source.matrix;
  task.bSource = transposeB ? Source.transposed : Source.matrix;
  task.aStride = <usize>(transposeA ? rows : depth) << 2;
  task.bStride = <usize>(transposeB ? depth : columns) << 2;
  task.cStride = <usize>columns << 2;
  task.aGroup = <usize>aGroup << 2;
  task.bGroup = <usize>bGroup << 2;
  task.cGroup = <usize>(rows * columns) << 2;
  task.scattered = 0;
  return plan(task);
}
