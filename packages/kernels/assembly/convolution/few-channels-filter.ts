/** The gradient of a filter of few channels: a row of a tile is a number of the filter, its depth runs over windows. */
import { columnStep, tileColumns, tileRows } from '../gemm/blocking';
import { ownBytes, panelRows, plane, rowsAt } from './few-channels';
import { Product } from '../gemm/product';
import { spareAt } from '../gemm/own-scratch';
import { parts } from '../threads/parts';
import { job, threadCount } from '../threads/job';
import { anyRowTile } from '../gemm/row-tile';

/** Items for each thread, so that all of them finish at about the same time. */
const itemsPerThread = 8;
/** Windows that are added up before the next tile's turn: their slopes stay in the second cache. */
const blockWindows = 1 << 10;

function itemTiles(task: Product): i32 {
  return parts(parts(task.rows, tileRows), threadCount() * itemsPerThread);
}

export function fewChannelsFilterItems(task: Product): i32 {
  return parts(parts(task.rows, tileRows), itemTiles(task));
}

export function fewChannelsFilterRows(item: i32, thread: i32): void {
  const task = job<Product>();
  const first = item * itemTiles(task) * tileRows;
  const end = min(task.rows, first + itemTiles(task) * tileRows);
  const block = max(1, blockWindows / task.outWidth);
  for (let image = 0; image < task.length; image++)
    for (let line = 0; line < task.outHeight; line += block)
      for (let row = first; row < end; row += tileRows)
        addWindows(task, task.own + <usize>thread * ownBytes, row, image, line, min(block, task.outHeight - line));
}

/** Adds the windows of some lines of an image to the rows of a tile. */
function addWindows(task: Product, own: usize, row: i32, image: i32, line: i32, lines: i32): void {
  const rows = min(tileRows, task.rows - row);
  const place = task.packedA + <usize>image * task.image + <usize>(line * task.strideHeight) * task.line;
  placeNumbers(task, own + rowsAt, place, row, rows);
  const step = <usize>task.strideWidth * task.pixel;
  const skip = <usize>task.strideHeight * task.line - <usize>task.outWidth * step;
  const starts: usize = task.first + image + line == 0 ? task.starts : 0;
  const c = task.c + <usize>row * task.cStride;
  const panelBytes = <usize>panelRows(task, task.length) * columnStep;
  let b = task.packedB + <usize>(image * plane(task) + line * task.outWidth) * columnStep;
  for (let j = 0; j < task.columns; j += tileColumns, b += panelBytes) {
    const at = <usize>j << 2;
    anyRowTile(
      own + rowsAt, step, task.outWidth, lines, skip, b, c + at, task.cStride, starts ? starts + at : 0,
      rows, min(tileColumns, task.columns - j), own + spareAt,
    );
  }
}

/** Where the first window sees the numbers of the filter that a tile begins with. Beyond the last of them it is that once more. */
function placeNumbers(task: Product, to: usize, window: usize, first: i32, count: i32): void {
  for (let r = 0; r < tileRows; r++) {
    const number = first + min(r, count - 1);
    const line = <usize>(number / task.segment * task.dilationHeight) * task.line;
    store<usize>(to + (r << 2), window + line + (<usize>(number % task.segment) << 2));
  }
}
