/** Panels of B for the gradient of a convolution's input: the filter, its taps in the opposite order, its channels exchanged. */
import { columnStep, tileColumns } from '../blocking';
import { Product } from '../product';
import { interleaveColumns } from './interleave';

/**
 * `to[(i, j, o), c] = filter[firstTapRow - i * tapRowStep, firstTapColumn - j * tapColumnStep, c, o]`,
 * with the filter in memory as `[rows, columns, channels, outputs]`.
 */
export function packFilter(task: Product, group: i32, column: i32, first: i32, length: i32, to: usize): void {
  const outputs = task.channels;
  const count = min(tileColumns, task.columns - column);
  for (let k = first; k < first + length; ) {
    const tap = k / outputs;
    const output = k % outputs;
    const run = min(outputs - output, first + length - k);
    const row = task.firstTapRow - (tap / task.filterWidth) * task.tapRowStep;
    const tapColumn = task.firstTapColumn - (tap % task.filterWidth) * task.tapColumnStep;
    const channel = (row * task.wholeFilterWidth + tapColumn) * task.columns + column;
    const from = task.b + <usize>channel * task.bStride + <usize>group * task.bGroup + (<usize>output << 2);
    interleaveColumns(to, from, task.bStride, run, count);
    to += <usize>run * columnStep;
    k += run;
  }
}
