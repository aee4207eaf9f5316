/**
 * A block of C, over the whole depth of what is packed. B is shared by all items as a rule; A is shared too where it is small. Where B is
 * the large one, as the weights of a dense layer are, every item packs the few columns of B that it needs.
 */
import { ceilDiv } from '../threads/ceil-div';
import { job } from '../threads/job';
import { blockDepth, columnStep, rowStep, tileColumns, tileRows } from './blocking';
import { applyRelu, scatterRows } from './finish-rows';
import { blocksAt, spareAt } from './own-scratch';
import { packA, packB } from './pack/pack';
import { Product } from './product';
import { edgeTile, tile } from './tile';

export function multiplyBlock(item: i32, thread: i32): void {
  const task = job<Product>();
  const blocks = task.rowBlocks * task.columnBlocks;
  const group = item / blocks;
  const row = (item % blocks) / task.columnBlocks * task.blockRows;
  const column = item % task.columnBlocks * task.blockColumns;
  const rows = min(task.blockRows, task.rows - row);
  const columns = min(task.blockColumns, task.columns - column);
  const own = task.own + <usize>thread * task.ownBytes;
  const ownA = own + blocksAt;
  const ownB = ownA + (task.sharesA ? 0 : <usize>(task.blockRows * blockDepth) << 2);
  const ownC = ownB + (task.sharesB ? 0 : <usize>(task.blockColumns * blockDepth) << 2);
  const to = task.c + <usize>group * task.cGroup + <usize>row * task.cStride + (<usize>column << 2);
  const c = task.scattered ? ownC : to;
  const stride = task.scattered ? <usize>columns << 2 : task.cStride;
  const aPanel = group * ceilDiv(task.rows, tileRows) + row / tileRows;
  const bPanel = group * ceilDiv(task.columns, tileColumns) + column / tileColumns;
  const starts = task.starts + (<usize>(bPanel * tileColumns) << 2);
  let k = 0;
  do {
    const length = min(blockDepth, task.length - k);
    let a = task.packedA + <usize>(aPanel * task.length + k) * rowStep;
    let aPanelBytes = <usize>task.length * rowStep;
    if (!task.sharesA) {
      a = ownA;
      aPanelBytes = <usize>length * rowStep;
      for (let r = 0; r < rows; r += tileRows)
        packA(task, own, group, row + r, task.first + k, length, ownA + <usize>(r / tileRows) * aPanelBytes);
    }
    let b = task.packedB + <usize>(bPanel * task.length + k) * columnStep;
    let bPanelBytes = <usize>task.length * columnStep;
    if (!task.sharesB) {
      b = ownB;
      bPanelBytes = <usize>length * columnStep;
      for (let j = 0; j < columns; j += tileColumns)
        packB(task, group, column + j, task.first + k, length, ownB + <usize>(j / tileColumns) * bPanelBytes);
    }
    const fresh = task.first + k == 0 ? starts : 0;
    multiplyPanels(a, aPanelBytes, b, bPanelBytes, length, c, stride, rows, columns, fresh, own + spareAt);
    k += length;
  } while (k < task.length);
  if (task.first + task.length < task.depth) return;
  if (task.relu) applyRelu(c, stride, rows, columns);
  if (task.scattered) scatterRows(task, c, group, row, rows);
}

/** A block of A times a block of B: a panel of B stays in the first cache while all panels of A pass by. */
function multiplyPanels(
  a: usize, aPanelBytes: usize, b: usize, bPanelBytes: usize, depth: i32,
  c: usize, stride: usize, rows: i32, columns: i32, starts: usize, spare: usize,
): void {
  for (let j = 0; j < columns; j += tileColumns) {
    const start = starts ? starts + (<usize>j << 2) : 0;
    const inColumns = min(tileColumns, columns - j);
    let panel = a;
    let to = c + (<usize>j << 2);
    for (let i = 0; i < rows; i += tileRows) {
      const inRows = min(tileRows, rows - i);
      if (inRows == tileRows && inColumns == tileColumns) tile(panel, b, depth, to, stride, start);
      else edgeTile(panel, b, depth, to, stride, start, inRows, inColumns, spare);
      panel += aPanelBytes;
      to += <usize>tileRows * stride;
    }
    b += bPanelBytes;
  }
}
