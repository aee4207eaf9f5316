/** How a product is cut into blocks, what of it is packed once for all threads, and the scratch that takes. */
import { ceilDiv, roundUp } from '../threads/ceil-div';
import { threadCount } from '../threads/job';
import { blockDepth, maxBlockColumns, maxBlockRows, tileColumns, tileRows } from './blocking';
import { blocksAt } from './own-scratch';
import { Product } from './product';

/** Bytes of panels that are packed at once. */
const maxPacked = 1 << 24;
/** Bytes of A up to which all items share its panels. */
const maxSharedA = 1 << 22;
/** Bytes of B from which no item shares them, if A has few rows. */
const minOwnB = 1 << 23;
/** Items for each thread, so that all of them finish at about the same time. */
const itemsPerThread = 6;

/** Fills in the plan of the job at hand. Answers with the bytes of scratch it needs. */
export function plan(task: Product): usize {
  const threads = threadCount();
  const aRows = task.groups * roundUp(task.rows, tileRows);
  const bColumns = task.groups * roundUp(task.columns, tileColumns);
  const aBytes = <f64>aRows * <f64>task.depth * 4;
  const bBytes = <f64>bColumns * <f64>task.depth * 4;
  task.sharesB = !(bBytes > minOwnB && aBytes <= maxPacked && task.rows * 4 < task.columns);
  task.sharesA = !task.sharesB || aBytes <= maxSharedA;
  const sharedRows = (task.sharesA ? aRows : 0) + (task.sharesB ? bColumns : 0);
  const fits = max(blockDepth, maxPacked / 4 / sharedRows / blockDepth * blockDepth);
  task.chunk = task.scattered ? task.depth : min(task.depth, fits);

  const wanted = ceilDiv(threads * itemsPerThread, task.groups);
  if (!task.sharesB) {
    task.blockRows = task.rows;
    task.blockColumns = min(maxBlockColumns, roundUp(ceilDiv(task.columns, wanted), tileColumns));
  } else {
    const narrow = task.sharesA && task.columns > maxBlockColumns;
    task.blockColumns = narrow ? maxBlockColumns : roundUp(task.columns, tileColumns);
    const perColumn = ceilDiv(wanted, ceilDiv(task.columns, task.blockColumns));
    const most = maxBlockRows / tileRows * tileRows;
    task.blockRows = max(tileRows, min(most, roundUp(ceilDiv(task.rows, perColumn), tileRows)));
  }
  task.rowBlocks = ceilDiv(task.rows, task.blockRows);
  task.columnBlocks = ceilDiv(task.columns, task.blockColumns);

  let bytes = blocksAt;
  if (!task.sharesA) bytes += <usize>(task.blockRows * blockDepth) << 2;
  if (!task.sharesB) bytes += <usize>(task.blockColumns * blockDepth) << 2;
  if (task.scattered) bytes += <usize>(task.blockRows * task.blockColumns) << 2;
  task.ownBytes = (bytes + 63) & ~63;
  return task.ownBytes * threads + (<usize>bColumns << 2) + ((<usize>sharedRows * task.chunk) << 2);
}
