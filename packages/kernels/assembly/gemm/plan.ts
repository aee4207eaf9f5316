/** How a product is cut into blocks, what of it is packed once for all threads, and the scratch that takes. */
import { blockDepth, mostBlockColumns, mostBlockRows, tileColumns, tileRows } from './blocking';
import { blocksAt } from './own-scratch';
import { Product } from './product';
import { threadCount } from '../threads/job';
import { parts, roundUp } from '../threads/parts';

/** Bytes of panels that are packed at once. */
const mostPacked = 1 << 24;
/** Bytes of A up to which all items share its panels. */
const mostSharedA = 1 << 22;
/** Bytes of B from which no item shares them, if A has few rows. */
const leastOwnB = 1 << 23;
/** Items for each thread, so that all of them finish at about the same time. */
const itemsPerThread = 6;
/** Fills in the plan of the job at hand. Answers with the bytes of scratch it needs. */
export function plan(task: Product): usize {
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
