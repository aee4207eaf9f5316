/** Windows of few channels by the filter: a row of a tile is a window, its depth runs along the lines of the filter. */
import { columnStep, tileColumns, tileRows } from '../gemm/blocking';
import { applyRelu } from '../gemm/finish-rows';
import { spareAt } from '../gemm/own-scratch';
import { Product } from '../gemm/product';
import { anyRowTile } from '../gemm/row-tile';
import { ceilDiv } from '../threads/ceil-div';
import { job } from '../threads/job';
import { ownBytes, plane, rowsAt } from './few-channels';

/** Windows of an item: whole tiles. */
const itemWindows = 96;

export function fewChannelsItems(task: Product): i32 {
  return ceilDiv(task.length * plane(task), itemWindows);
}

export function fewChannelsWindows(item: i32, thread: i32): void {
  const task = job<Product>();
  const own = task.own + <usize>thread * ownBytes;
  const first = item * itemWindows;
  const end = min(first + itemWindows, task.length * plane(task));
  const skip = <usize>task.dilationHeight * task.lineBytes - (<usize>task.segment << 2);
  let c = task.c + <usize>(task.first * plane(task) + first) * task.cStride;
  for (let window = first; window < end; window += tileRows, c += tileRows * task.cStride) {
    const rows = min(tileRows, end - window);
    findWindows(task, own + rowsAt, window, rows);
    let b = task.packedB;
    for (let j = 0; j < task.columns; j += tileColumns, b += <usize>task.depth * columnStep) {
      const at = <usize>j << 2;
      anyRowTile(
        own + rowsAt, 4, task.segment, task.filterHeight, skip, b, c + at, task.cStride, task.starts + at,
        rows, min(tileColumns, task.columns - j), own + spareAt,
      );
    }
    if (task.relu) applyRelu(c, task.cStride, rows, task.columns);
  }
}

/** Where the windows of a tile begin. Beyond the last of them it is that once more. */
function findWindows(task: Product, to: usize, first: i32, count: i32): void {
  const inImage = first % plane(task);
  const rowStep = <usize>task.strideHeight * task.lineBytes;
  const columnBytes = <usize>task.strideWidth * task.pixelBytes;
  let image = task.packedA + <usize>(first / plane(task)) * task.imageBytes;
  let row = inImage / task.outWidth;
  let column = inImage % task.outWidth;
  for (let r = 0; r < tileRows; r++) {
    store<usize>(to + (r << 2), image + <usize>row * rowStep + <usize>column * columnBytes);
    if (r + 1 >= count || ++column < task.outWidth) continue;
    column = 0;
    if (++row < task.outHeight) continue;
    row = 0;
    image += task.imageBytes;
  }
}
