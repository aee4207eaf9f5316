/**
 * Convolutions of 3x3 and 5x5 taps and stride 1, forward or back to the input, with Winograd's short ones: a third to half of the
 * products. The image falls into tiles of 4x4 or 2x2 outputs, each made from a window of 6x6 pixels.
 *
 * It costs too much where there are few tiles, since transforming the filter takes as long for one image as for a hundred, and where there
 * are few channels or outputs, for which the transforms are more work than the products they save.
 *
 *     window 6x6 of a channel  -> 36 positions -\
 *                                                x, summed over channels  ->  36 products of an output -> 4x4 outputs
 *     3x3 taps of a channel    -> 36 positions -/
 *
 * 1. The filter's taps become 36 matrices `[channels, outputs]`, in panels (filter.ts).
 * 2. An item takes some tiles: their windows become 36 matrices `[tiles, channels]`, which are multiplied with those of the filter,
 *    and the 36 products of a tile become its outputs. All of it stays in the thread's own scratch.
 */
import { columnStep, rowStep, tileColumns, tileRows } from '../../gemm/blocking';
import { fourSteps } from '../../gemm/pack/interleave';
import { tile } from '../../gemm/tile';
import { job } from '../../threads/job';
import { partOutputs, partsAt, addressesAt, productStep, stageAt, windowStep } from './plan';
import { outputTile, positions, windowTile } from './squares';
import { findPixels, imageOf, leftOf, topOf, Winograd } from './task';

/** Some tiles of a group, some outputs of it. */
export function winogradTiles(item: i32, thread: i32): void {
  const task = job<Winograd>();
  const block = item / task.outputBlocks;
  const firstOutput = item % task.outputBlocks * task.blockOutputs;
  const endOutput = min(task.outputs, firstOutput + task.blockOutputs);
  const group = block / task.tileBlocks;
  const first = block % task.tileBlocks * task.blockTiles;
  const count = min(task.blockTiles, task.tiles - first);
  const own = task.own + <usize>thread * task.ownBytes;
  const windows = own + partsAt;
  const products = windows + windowStep(task) * <usize>positions;
  for (let row = 0; row < count; row += tileRows)
    packWindows(task, own, group, first + row, windows + <usize>(row * task.channels << 2));
  for (let output = firstOutput; output < endOutput; output += partOutputs) {
    const columns = min(partOutputs, endOutput - output);
    multiplyPositions(task, group, windows, products, count, output, columns);
    for (let row = 0; row < count; row++)
      writeOutputs(task, own, group, first + row, products + <usize>(row * partOutputs << 2), output, columns);
  }
}

/** The windows of `tileRows` tiles: a panel at each position. */
function packWindows(task: Winograd, own: usize, group: i32, first: i32, to: usize): void {
  const addresses = own + addressesAt;
  const stage = own + stageAt;
  for (let r = 0; r < tileRows; r++) findPixels(task, group, first + r, addresses + <usize>(r * positions << 2));
  const step = windowStep(task);
  for (let channel = 0; channel < task.channels; channel += 4) {
    for (let r = 0; r < tileRows; r++)
      windowTile(addresses + <usize>(r * positions << 2), <usize>channel << 2, own, stage + (r << 4), tileRows << 4);
    let from = stage;
    let panel = to + <usize>channel * rowStep;
    for (let position = 0; position < positions; position++, from += tileRows << 4, panel += step) {
      const a0 = v128.load(from), a1 = v128.load(from, 16), a2 = v128.load(from, 32), a3 = v128.load(from, 48);
      if (tileRows == 6) fourSteps(panel, a0, a1, a2, a3, v128.load(from, 64), v128.load(from, 80));
      else fourSteps(panel, a0, a1, a2, a3, a0, a0);
    }
  }
}

/** `products[position] = windows[position] . filter[position]`, for some outputs. */
function multiplyPositions(
  task: Winograd, group: i32, windows: usize, products: usize, count: i32, output: i32, columns: i32,
): void {
  const rowPanel = <usize>task.channels * rowStep;
  const columnPanel = <usize>task.channels * columnStep;
  const stride: usize = partOutputs << 2;
  let filter = task.panels + task.panelStep * <usize>(group * positions)
    + <usize>(output / tileColumns) * columnPanel;
  for (let position = 0; position < positions; position++) {
    let b = filter;
    for (let j = 0; j < columns; j += tileColumns, b += columnPanel) {
      let a = windows;
      let c = products + (<usize>j << 2);
      for (let i = 0; i < count; i += tileRows, a += rowPanel, c += <usize>tileRows * stride)
        tile(a, b, task.channels, c, stride, task.zeros);
    }
    filter += task.panelStep;
    windows += windowStep(task);
    products += productStep(task);
  }
}

/** From a tile's products to its outputs. */
function writeOutputs(
  task: Winograd, own: usize, group: i32, index: i32, products: usize, output: i32, columns: i32,
): void {
  const top = topOf(task, index);
  const left = leftOf(task, index);
  const rows = min(task.side, task.outHeight - top);
  const across = min(task.side, task.outWidth - left);
  const channel = <usize>(group * task.outputs + output) << 2;
  const line = <usize>task.outWidth * task.outPixelBytes;
  const to = task.y + <usize>(imageOf(task, index) * task.outHeight + top) * line + <usize>left * task.outPixelBytes + channel;
  const least = f32x4.splat(task.relu ? 0 : -Infinity);
  const results = own + stageAt;
  const resultLine = <usize>task.side << 4;
  for (let j: usize = 0; j < <usize>columns << 2; j += 16) {
    outputTile(task.side, products + j, productStep(task), own, results, resultLine, 16);
    const bias = task.bias ? v128.load(task.bias + channel + j) : f32x4.splat(0);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < across; column++) {
        const value = v128.load(results + <usize>row * resultLine + (<usize>column << 4));
        const pixel = to + <usize>row * line + <usize>column * task.outPixelBytes + j;
        v128.store(pixel, f32x4.max(f32x4.add(value, bias), least));
      }
  }
}
