/** What the module exports of this room. */
import { panelBytes, tileColumns } from '../gemm/blocking';
import { copyColumns, interleavePanels } from '../gemm/pack/interleave';
import { Kind } from '../generated/dispatch';
import { ceilDiv, roundUp } from '../threads/ceil-div';
import { job, threadCount } from '../threads/job';
import { parallel } from '../threads/pool';
import { ok } from '../threads/status';
import { describeFewRows } from './few-rows';
import { dotBytes, dotColumns, packForDots } from './few-rows-dot';
import { finishColumns, share, sweepBytes } from './few-rows-sweep';
import { itemsPerThread, Shallow, shallowOwnBytes, tileRows } from './shallow';
import { blockRowsOf, SumRows } from './sum-rows';

/** Bytes of scratch that either of the two products below needs. */
export function planFewRows(rows: i32, columns: i32, depth: i32): usize {
  return max(dotBytes(rows, depth), sweepBytes(describeFewRows(0, 0, 0, 0, rows, columns, depth, 0, 0)));
}

/** `c = bias + a . b^T`: dot products. @param a `[rows, depth]` @param b `[columns, depth]` @param bias `[columns]` or 0 */
export function fewRowsTransposed(
  a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, depth: i32, relu: bool, scratch: usize,
): i32 {
  const task = describeFewRows(a, b, bias, c, rows, columns, depth, relu, scratch);
  packForDots(task);
  return parallel(Kind.dotBlock, ceilDiv(columns, dotColumns));
}

/** `c = bias + a . b`: rows of `b`, added up. @param a `[rows, depth]` @param b `[depth, columns]` @param bias `[columns]` or 0 */
export function fewRows(
  a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, depth: i32, relu: bool, scratch: usize,
): i32 {
  const task = describeFewRows(a, b, bias, c, rows, columns, depth, relu, scratch);
  share(task);
  const status = parallel(Kind.sweepBlock, task.blocks * task.depthParts);
  return status == ok ? parallel(Kind.finishSweeps, ceilDiv(task.columns, finishColumns)) : status;
}

/** Bytes of scratch. */
export function planShallow(columns: i32, depth: i32): usize {
  return <usize>threadCount() * shallowOwnBytes(depth) + <usize>ceilDiv(columns, tileColumns) * panelBytes(depth);
}

/** `c = a . b`. @param a `[rows, depth]`, with `transposeA` `[depth, rows]`. @param b `[depth, columns]`, with `transposeB` `[columns, depth]`. */
export function shallow(
  a: usize, b: usize, c: usize, rows: i32, columns: i32, depth: i32, transposeA: bool, transposeB: bool, scratch: usize,
): i32 {
  const task = job<Shallow>();
  task.a = a;
  task.c = c;
  task.aRow = transposeA ? 4 : <usize>depth << 2;
  task.aStep = transposeA ? <usize>rows << 2 : 4;
  task.rows = rows;
  task.columns = columns;
  task.depth = depth;
  task.itemRows = roundUp(ceilDiv(rows, threadCount() * itemsPerThread), tileRows);
  task.own = scratch;
  task.packed = scratch + <usize>threadCount() * shallowOwnBytes(depth);
  if (transposeB) interleavePanels(task.packed, b, depth, columns);
  else
    for (let j = 0; j < columns; j += tileColumns)
      copyColumns(
        task.packed + <usize>(j / tileColumns) * panelBytes(depth), b + (<usize>j << 2), <usize>columns << 2, depth,
        min(tileColumns, columns - j),
      );
  return parallel(Kind.shallowRows, ceilDiv(rows, task.itemRows));
}

/** Bytes of scratch that `sumRows` needs. */
export function planSumRows(rows: i32, columns: i32): usize {
  const blockRows = blockRowsOf(columns);
  return <usize>((rows + blockRows - 1) / blockRows) * (<usize>columns << 2);
}

/** @param x `[rows, columns]` @param out `[columns]` @param sums Scratch, see `planSumRows`. */
export function sumRows(x: usize, out: usize, rows: i32, columns: i32, sums: usize): i32 {
  const task = job<SumRows>();
  task.x = x;
  task.out = out;
  task.sums = sums;
  task.rows = rows;
  task.columns = columns;
  task.blockRows = blockRowsOf(columns);
  const blocks = (rows + task.blockRows - 1) / task.blockRows;
  const status = parallel(Kind.sumBlock, blocks);
  if (status != ok) return status;
  for (let column = 0; column < columns; column++) {
    let sum: f64 = 0;
    let from = sums + (<usize>column << 2);
    for (let block = 0; block < blocks; block++, from += <usize>columns << 2) sum += load<f32>(from);
    store<f32>(out + (<usize>column << 2), <f32>sum);
  }
  return ok;
}
