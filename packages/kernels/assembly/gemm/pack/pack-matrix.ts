/** Panels of operands that are matrices in memory. */
import { rowStep, tileColumns, tileRows } from '../blocking';
import { rowsAt, zerosAt } from '../own-scratch';
import { Product } from '../product';
import { copyColumns, copyStep, interleaveColumns, interleaveRows } from './interleave';

/** A, its rows in memory as they are. */
export function packRows(task: Product, own: usize, group: i32, row: i32, first: i32, length: i32, to: usize): void {
  let from = task.a + <usize>group * task.aGroup + <usize>row * task.aStride + (<usize>first << 2);
  for (let r = 0; r < tileRows; r++, from += task.aStride)
    store<usize>(own + rowsAt + (r << 2), row + r < task.rows ? from : own + zerosAt);
  interleaveRows(to, own + rowsAt, length);
}

/** A, where memory holds its transpose. */
export function packRowsTransposed(task: Product, group: i32, row: i32, first: i32, length: i32, to: usize): void {
  let from = task.a + <usize>group * task.aGroup + <usize>first * task.aStride + (<usize>row << 2);
  const count = min(tileRows, task.rows - row);
  if (count == tileRows) {
    for (let k = 0; k < length; k++, to += rowStep, from += task.aStride) copyStep(to, from);
    return;
  }
  for (let k = 0; k < length; k++, to += rowStep, from += task.aStride)
    for (let r = 0; r < tileRows; r++) store<f32>(to + (r << 2), r < count ? load<f32>(from + (r << 2)) : 0);
}

/** B, its rows in memory as they are. */
export function packColumns(task: Product, group: i32, column: i32, first: i32, length: i32, to: usize): void {
  const from = task.b + <usize>group * task.bGroup + <usize>first * task.bStride + (<usize>column << 2);
  copyColumns(to, from, task.bStride, length, min(tileColumns, task.columns - column));
}

/** B, where memory holds its transpose. */
export function packColumnsTransposed(
  task: Product, group: i32, column: i32, first: i32, length: i32, to: usize,
): void {
  const from = task.b + <usize>group * task.bGroup + <usize>column * task.bStride + (<usize>first << 2);
  interleaveColumns(to, from, task.bStride, length, min(tileColumns, task.columns - column));
}
