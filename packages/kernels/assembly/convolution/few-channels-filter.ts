/** The gradient of a filter of few channels: a row of a tile is an element of the filter, its depth runs over windows. */
import { columnStep, tileColumns, tileRows } from '../gemm/blocking';
import { spareAt } from '../gemm/own-scratch';
import { Product } from '../gemm/product';
import { anyRowTile } from '../gemm/row-tile';
import { ceilDiv } from '../threads/ceil-div';
import { job, threadCount } from '../threads/job';
import { ownBytes, panelRows, plane, rowsAt } from './few-channels';

/** Items for each thread, so that all of them finish at about the same time. */
const itemsPerThread = 8;
/** Windows that are added up before the next tile's turn: their gradients stay in the second cache. */
const blockWindows = 1 << 10;

function itemTiles(task: Product): i32 {
  return ceilDiv(ceilDiv(task.rows, tileRows), threadCount() * itemsPerThread);
}

export function fewChannelsFilterItems(task: Product): i32 {
  return ceilDiv(ceilDiv(task.rows, tileRows), itemTiles(task));
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
  const window = task.packedA + <usize>image * task.imageBytes + <usize>(line * task.strideHeight) * task.lineBytes;
  findElements(task, own + rowsAt, window, row, rows);
  const step = <usize>task.strideWidth * task.pixelBytes;
  const skip = <usize>task.strideHeight * task.lineBytes - <usize>task.outWidth * step;
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

/** Where the first window sees the elements of the filter that a tile begins with. Beyond the last of them it is that once more. */
function findElements(task: Product, to: usize, window: usize, first: i32, count: i32): void {
  for (let r = 0; r < tileRows; r++) {
    const element = first + min(r, count - 1);
    const line = <usize>(element / task.segment * task.dilationHeight) * task.lineBytes;
    store<usize>(to + (r << 2), window + line + (<usize>(element % task.segment) << 2));
  }
}
