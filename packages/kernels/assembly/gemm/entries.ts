/** What the module exports of this room. */
import { Kind } from '../generated/dispatch';
import { ceilDiv, roundUp } from '../threads/ceil-div';
import { job, threadCount } from '../threads/job';
import { parallel } from '../threads/pool';
import { ok } from '../threads/status';
import { blockDepth, tileColumns, tileRows } from './blocking';
import { zerosAt } from './own-scratch';
import { panelsPerItem, sharedPanels } from './pack/pack';
import { Product } from './product';

export { planMatMul } from './mat-mul';
export { bareTiles } from './tile';

/** Multiplies as was planned last, by `planMatMul` or one of the convolutions. */
export function multiply(scratch: usize): i32 {
  const task = job<Product>();
  task.own = scratch;
  task.starts = scratch + task.ownBytes * threadCount();
  task.packedA = task.starts + ((<usize>task.groups * roundUp(task.columns, tileColumns)) << 2);
  const aElements = task.sharesA ? task.groups * roundUp(task.rows, tileRows) * task.chunk : 0;
  task.packedB = task.packedA + (<usize>aElements << 2);
  for (let thread = 0; thread < threadCount(); thread++)
    memory.fill(task.own + <usize>thread * task.ownBytes + zerosAt, 0, blockDepth << 2);
  writeStarts(task);
  task.first = 0;
  do {
    task.length = min(task.chunk, task.depth - task.first);
    const packing = parallel(Kind.packShared, ceilDiv(sharedPanels(task), panelsPerItem(task)));
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
