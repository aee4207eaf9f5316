/**
 * Packing: an operand is copied into panels, in which what one step of a tile reads lies side by side.
 *
 *     A, rows of a matrix          panel: steps of 6 rows          B, its panel: steps of 8 columns
 *     a00 a01 a02 ...              a00 a10 a20 a30 a40 a50         b00 b01 ... b07
 *     a10 a11 a12 ...      ->      a01 a11 a21 a31 a41 a51         b10 b11 ... b17
 *     ...                          ...                             ...
 *
 * It costs a read and a write of the operand, and pays where each element is then used often: a panel of A is read once for every 8
 * columns of C, one of B once for every 6 rows. It costs too much where a product has few rows (dense/few-rows.ts), little depth
 * (dense/shallow.ts), or windows that overlap a lot and have few channels (convolution/few-channels.ts): those read what they can where
 * it lies. Rows and columns beyond the edge are packed as zeros, so that tiles are always whole.
 */
import { ceilDiv } from '../../threads/ceil-div';
import { job } from '../../threads/job';
import { blockDepth, columnStep, rowStep, tileColumns, tileRows } from '../blocking';
import { Product, Source } from '../product';
import { packFilter } from './pack-filter';
import { packImage, packImageTransposed } from './pack-image';
import { packColumns, packColumnsTransposed, packRows, packRowsTransposed } from './pack-matrix';

/** Elements that an item of the first phase packs. */
const packedPerItem = 1 << 15;

export function sharedPanels(task: Product): i32 {
  const a = task.sharesA ? ceilDiv(task.rows, tileRows) : 0;
  const b = task.sharesB ? ceilDiv(task.columns, tileColumns) : 0;
  return task.groups * (a + b);
}

export function panelsPerItem(task: Product): i32 {
  return max(1, packedPerItem / (max(1, task.length) * tileColumns));
}

/** First phase. The panels of A come first, all groups, then those of B. */
export function packShared(item: i32, thread: i32): void {
  const task = job<Product>();
  const own = task.own + <usize>thread * task.ownBytes;
  const count = panelsPerItem(task);
  const end = min(sharedPanels(task), (item + 1) * count);
  const aPanels = ceilDiv(task.rows, tileRows);
  const bPanels = ceilDiv(task.columns, tileColumns);
  const split = task.sharesA ? task.groups * aPanels : 0;
  for (let panel = item * count; panel < end; panel++) {
    const isA = panel < split;
    const index = isA ? panel : panel - split;
    const group = index / (isA ? aPanels : bPanels);
    const place = index % (isA ? aPanels : bPanels);
    const step = isA ? rowStep : columnStep;
    let to = (isA ? task.packedA : task.packedB) + <usize>(index * task.length) * step;
    for (let k = 0; k < task.length; k += blockDepth) {
      const length = min(blockDepth, task.length - k);
      if (isA) packA(task, own, group, place * tileRows, task.first + k, length, to);
      else packB(task, group, place * tileColumns, task.first + k, length, to);
      to += <usize>length * step;
    }
  }
}

export function packA(task: Product, own: usize, group: i32, row: i32, first: i32, length: i32, to: usize): void {
  switch (task.aSource) {
    case Source.matrix:
      return packRows(task, own, group, row, first, length, to);
    case Source.transposed:
      return packRowsTransposed(task, group, row, first, length, to);
    case Source.image:
      return packImage(task, own, group, row, first, length, to);
    default:
      return packImageTransposed(task, group, row, first, length, to);
  }
}

export function packB(task: Product, group: i32, column: i32, first: i32, length: i32, to: usize): void {
  switch (task.bSource) {
    case Source.matrix:
      return packColumns(task, group, column, first, length, to);
    case Source.transposed:
      return packColumnsTransposed(task, group, column, first, length, to);
    default:
      return packFilter(task, group, column, first, length, to);
  }
}
