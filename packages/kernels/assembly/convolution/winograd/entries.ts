/** What the module exports of this room. */
import { tileColumns } from '../../gemm/blocking';
import { Kind } from '../../generated/dispatch';
import { ceilDiv } from '../../threads/ceil-div';
import { job, threadCount } from '../../threads/job';
import { parallel } from '../../threads/pool';
import { ok } from '../../threads/status';
import { channelsPerItem, FilterGradient, ownBytes, rowsPerItem, tilesPerItem, zeroBytes } from './backprop-filter';
import { positions } from './squares';
import { Winograd } from './task';

export { planWinograd, planWinogradBackpropInput, planWinogradPanels } from './plan';
export { planWinogradBackpropFilter } from './backprop-filter';

/** Makes the panels of the filter for what was planned last. */
export function winogradPanels(scratch: usize, panels: usize): i32 {
  const task = job<Winograd>();
  task.own = scratch;
  task.panels = panels;
  const pairs = ceilDiv(task.outputs, 2 * tileColumns);
  return parallel(Kind.winogradFilter, task.groups * pairs);
}

/** Convolves as planned last. */
export function winograd(scratch: usize, panels: usize): i32 {
  const task = job<Winograd>();
  task.own = scratch;
  task.panels = panels;
  task.zeros = scratch + task.ownBytes * threadCount();
  memory.fill(task.zeros, 0, <usize>task.channels << 2);
  return parallel(Kind.winogradTiles, task.groups * task.tileBlocks * task.outputBlocks);
}

export function winogradBackpropFilter(scratch: usize): i32 {
  const task = job<FilterGradient>();
  const matrices = <usize>(task.groups * positions);
  task.own = scratch;
  task.zeros = scratch + ownBytes * threadCount();
  task.windows = task.zeros + zeroBytes(task);
  task.gradients = task.windows + task.windowStep * matrices;
  task.sums = task.gradients + task.gradientStep * matrices;
  memory.fill(task.zeros, 0, zeroBytes(task));
  for (task.first = 0; task.first < task.tiles; task.first += task.chunk) {
    task.length = min(task.chunk, task.tiles - task.first);
    const items = ceilDiv(task.length, tilesPerItem);
    const evaluating = parallel(Kind.winogradEvaluate, task.groups * items);
    if (evaluating != ok) return evaluating;
    const blocks = ceilDiv(task.rows, rowsPerItem);
    const summing = parallel(Kind.winogradSum, task.groups * positions * blocks);
    if (summing != ok) return summing;
  }
  const items = ceilDiv(task.channels, channelsPerItem);
  return parallel(Kind.winogradFilterGradients, task.groups * items);
}
