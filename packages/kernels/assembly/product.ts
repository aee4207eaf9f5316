/**
 * `C = bias + A . B`, group by group, for operands that need not be matrices in memory: a `Product` says where their panels come from.
 * Two phases, each spread over the threads: pack what all items share, then multiply, block by block (blocking.ts).
 *
 * B is shared as a rule; A is shared too where it is small. Where B is the large one, as the weights of a dense layer are,
 * every item packs the few columns of B that it needs.
 */
import {
  blockDepth, columnStep, mostBlockColumns, mostBlockRows, rowStep, tileColumns, tileRows,
} from './blocking';
import { hasFewChannels, multiplyFewChannels, planFewChannels } from './few-channels';
import { cutNegative, scatterRows } from './finish-rows';
import { Product, Source } from './operands';
import { blocksAt, spareAt, zerosAt } from './own-scratch';
import { packFilter } from './pack-filter';
import { packImage, packImageTransposed } from './pack-image';
import { packColumns, packColumnsTransposed, packRows, packRowsTransposed } from './pack-matrix';
import { parts, roundUp } from './parts';
import { job, ok, parallel, threadCount } from './pool';
import { Kind } from './run-item';
import { edgeTile, tile } from './tile';

/** Bytes of panels that are packed at once. */
const mostPacked = 1 << 24;
/** Bytes of A up to which all items share its panels. */
const mostSharedA = 1 << 22;
/** Bytes of B from which no item shares them, if A has few rows. */
const leastOwnB = 1 << 23;
/** Items for each thread, so that all of them finish at about the same time. */
const itemsPerThread = 6;
/** Numbers that an item of the first phase packs. */
const packedPerItem = 1 << 15;

/** Fills in the plan of the job at hand. Answers with the bytes of scratch it needs. */
export function plan(task: Product): usize {
  task.fewChannels = hasFewChannels(task);
  if (task.fewChannels) return planFewChannels(task);
  const threads = threadCount();
  const aRows = task.groups * roundUp(task.rows, tileRows);
  const bColumns = task.groups * roundUp(task.columns, tileColumns);
  const aBytes = <f64>aRows * <f64>task.depth * 4;
  const bBytes = <f64>bColumns * <f64>task.depth * 4;
  task.sharesB = !(bBytes > leastOwnB && aBytes <= mostPacked && task.rows * 4 < task.columns);
  task.sharesA = !task.sharesB || aBytes <= mostSharedA;
  const sharedRows = (task.sharesA ? aRows : 0) + (task.sharesB ? bColumns : 0);
  const fits = max(blockDepth, mostPacked / 4 / sharedRows / blockDepth * blockDepth);
  task.chunk = task.scattered ? task.depth : min(task.depth, fits);

  const wanted = parts(threads * itemsPerThread, task.groups);
  if (!task.sharesB) {
    task.blockRows = task.rows;
    task.blockColumns = min(mostBlockColumns, roundUp(parts(task.columns, wanted), tileColumns));
  } else {
    const narrow = task.sharesA && task.columns > mostBlockColumns;
    task.blockColumns = narrow ? mostBlockColumns : roundUp(task.columns, tileColumns);
    const perColumn = parts(wanted, parts(task.columns, task.blockColumns));
    const most = mostBlockRows / tileRows * tileRows;
    task.blockRows = max(tileRows, min(most, roundUp(parts(task.rows, perColumn), tileRows)));
  }
  task.rowBlocks = parts(task.rows, task.blockRows);
  task.columnBlocks = parts(task.columns, task.blockColumns);

  let bytes = blocksAt;
  if (!task.sharesA) bytes += <usize>(task.blockRows * blockDepth) << 2;
  if (!task.sharesB) bytes += <usize>(task.blockColumns * blockDepth) << 2;
  if (task.scattered) bytes += <usize>(task.blockRows * task.blockColumns) << 2;
  task.ownBytes = (bytes + 63) & ~63;
  return task.ownBytes * threads + (<usize>bColumns << 2) + ((<usize>sharedRows * task.chunk) << 2);
}

/** Multiplies as planned. */
export function multiply(scratch: usize): i32 {
  const task = job<Product>();
  if (task.fewChannels) return multiplyFewChannels(task, scratch);
  task.own = scratch;
  task.starts = scratch + task.ownBytes * threadCount();
  task.packedA = task.starts + ((<usize>task.groups * roundUp(task.columns, tileColumns)) << 2);
  const aNumbers = task.sharesA ? task.groups * roundUp(task.rows, tileRows) * task.chunk : 0;
  task.packedB = task.packedA + (<usize>aNumbers << 2);
  for (let thread = 0; thread < threadCount(); thread++)
    memory.fill(task.own + <usize>thread * task.ownBytes + zerosAt, 0, blockDepth << 2);
  writeStarts(task);
  task.first = 0;
  do {
    task.length = min(task.chunk, task.depth - task.first);
    const packing = parallel(Kind.packShared, parts(sharedPanels(task), panelsPerItem(task)));
    if (packing != ok) return packing;
    const items = task.groups * task.rowBlocks * task.columnBlocks;
    const status = parallel(Kind.multiplyBlock, items);
    if (status != ok) return status;
    task.first += task.length;
  } while (task.first < task.depth);
  return ok;
}

/** The bias, or zeros, in whole panels. */
function writeStarts(task: Product): void {
  let to = task.starts;
  for (let group = 0; group < task.groups; group++) {
    const from = task.bias + <usize>group * task.biasGroup;
    for (let j = 0; j < roundUp(task.columns, tileColumns); j++, to += 4)
      store<f32>(to, task.bias && j < task.columns ? load<f32>(from + (<usize>j << 2)) : 0);
  }
}

function sharedPanels(task: Product): i32 {
  const a = task.sharesA ? parts(task.rows, tileRows) : 0;
  const b = task.sharesB ? parts(task.columns, tileColumns) : 0;
  return task.groups * (a + b);
}

function panelsPerItem(task: Product): i32 {
  return max(1, packedPerItem / (max(1, task.length) * tileColumns));
}

/** First phase. The panels of A come first, all groups, then those of B. */
export function packShared(item: i32, thread: i32): void {
  const task = job<Product>();
  const own = task.own + <usize>thread * task.ownBytes;
  const count = panelsPerItem(task);
  const end = min(sharedPanels(task), (item + 1) * count);
  const aPanels = parts(task.rows, tileRows);
  const bPanels = parts(task.columns, tileColumns);
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

function packA(task: Product, own: usize, group: i32, row: i32, first: i32, length: i32, to: usize): void {
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

function packB(task: Product, group: i32, column: i32, first: i32, length: i32, to: usize): void {
  switch (task.bSource) {
    case Source.matrix:
      return packColumns(task, group, column, first, length, to);
    case Source.transposed:
      return packColumnsTransposed(task, group, column, first, length, to);
    default:
      return packFilter(task, group, column, first, length, to);
  }
}

/** Second phase: one block of C, over the whole depth of the chunk. */
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
  const place = task.c + <usize>group * task.cGroup + <usize>row * task.cStride + (<usize>column << 2);
  const c = task.scattered ? ownC : place;
  const stride = task.scattered ? <usize>columns << 2 : task.cStride;
  const aPanel = group * parts(task.rows, tileRows) + row / tileRows;
  const bPanel = group * parts(task.columns, tileColumns) + column / tileColumns;
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
  if (task.relu) cutNegative(c, stride, rows, columns);
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
