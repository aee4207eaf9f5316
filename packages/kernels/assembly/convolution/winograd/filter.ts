/**
 * The filter as 36 matrices `[channels, outputs]` a group, one a position, each in panels for the micro-kernel:
 * `panels[group, position, output / 8, channel, output % 8]`.
 */
import { columnStep, tileColumns } from '../../gemm/blocking';
import { transposeFour } from '../../gemm/pack/interleave';
import { ceilDiv, roundUp } from '../../threads/ceil-div';
import { job } from '../../threads/job';
import { stageAt } from './plan';
import { filterTile, positions } from './squares';
import { Winograd } from './task';

/** Two panels: their outputs share the filter's lines of the cache. */
export function winogradFilter(item: i32, thread: i32): void {
  const task = job<Winograd>();
  const pairs = ceilDiv(task.outputs, 2 * tileColumns);
  const group = item / pairs;
  const first = item % pairs * 2 * tileColumns;
  const end = min(first + 2 * tileColumns, roundUp(task.outputs, tileColumns));
  const own = task.own + <usize>thread * task.ownBytes;
  const panels = task.panels + task.panelStep * <usize>(group * positions);
  for (let channel = 0; channel < task.channels; channel += 4)
    for (let output = first; output < end; output += 4) {
      const panel = panels + <usize>(output / tileColumns * task.channels + channel) * columnStep
        + (<usize>(output % tileColumns) << 2);
      if (output >= task.outputs) leaveEmpty(task, panel);
      else if (task.flipped) packFlipped(task, own, group, channel, output, panel);
      else packAsItIs(task, own, group, channel, output, panel);
    }
}

/** Four outputs beyond the last one. */
function leaveEmpty(task: Winograd, panel: usize): void {
  for (let position = 0; position < positions; position++)
    for (let channel: usize = 0; channel < 4; channel++)
      v128.store(panel + <usize>position * task.panelStep + channel * columnStep, f32x4.splat(0));
}

/** The filter is `[taps, taps, channels, groups * outputs]`. */
function packAsItIs(task: Winograd, own: usize, group: i32, channel: i32, output: i32, panel: usize): void {
  const row = task.outPixelBytes;
  const tap = <usize>task.channels * row;
  let from = task.filter + <usize>channel * row + (<usize>(group * task.outputs + output) << 2);
  for (let c = 0; c < 4; c++, from += row, panel += columnStep)
    filterTile(task.taps, from, <usize>task.taps * tap, tap, own, panel, task.panelStep);
}

/** The filter is `[taps, taps, outputs, groups * channels]`, from the last tap to the first. */
function packFlipped(task: Winograd, own: usize, group: i32, channel: i32, output: i32, panel: usize): void {
  const row = task.pixelBytes;
  const tap = <usize>task.outputs * row;
  const count = task.taps * task.taps;
  const flipped = own + stageAt;
  const channelBytes = <usize>count << 4;
  let from = task.filter + <usize>output * row + (<usize>(group * task.channels + channel) << 2);
  for (let index = count - 1; index >= 0; index--, from += tap)
    transposeFour(flipped + (<usize>index << 4), channelBytes, from, row);
  for (let c: usize = 0; c < 4; c++)
    filterTile(
      task.taps, flipped + c * channelBytes, <usize>task.taps << 4, 16, own, panel + c * columnStep, task.panelStep,
    );
}
