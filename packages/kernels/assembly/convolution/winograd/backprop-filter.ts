/**
 * The gradient of a filter of 3x3 or 5x5 taps with Winograd's short convolutions, transposed: windows and gradients of a tile are evaluated,
 * their products are summed over all tiles, and the 36 sums of a channel and an output become the gradients of its taps.
 *
 * At each position the windows of some tiles are a matrix `[tiles, channels]`, their gradients are one of `[tiles, outputs]`, both in panels
 * for the micro-kernel: the sums `[channels, outputs]` are a product whose depth is the tiles.
 */
import { columnStep, rowStep, tileColumns, tileRows } from '../../gemm/blocking';
import { tile } from '../../gemm/tile';
import { ceilDiv, roundUp } from '../../threads/ceil-div';
import { job, threadCount } from '../../threads/job';
import { Geometry } from '../geometry';
import { filterGradientTile, positions, gradientTile, windowTile, workBytes } from './squares';
import { positionPadding, findPixels, imageOf, leftOf, placeForward, placeTiles, topOf, Winograd } from './task';

@unmanaged
export class FilterGradient extends Winograd {
  /** Channels and outputs in whole panels. */
  rows: i32;
  columns: i32;
  /** Tiles that are evaluated at once: at most, and at the moment from which one. */
  chunk: i32;
  first: i32;
  length: i32;
  /** `windows[group, position, channel / tileRows, tile, channel % tileRows]`, and bytes from one position to the next. */
  windows: usize;
  windowStep: usize;
  /** `gradients[group, position, output / 8, tile, output % 8]`. */
  gradients: usize;
  gradientStep: usize;
  /** `sums[group, position, rows, columns]`. */
  sums: usize;
  sumStep: usize;
}

/** Bytes of windows and gradients that are there at once: a few times those of the sums, which each round reads and writes again. */
const minPacked: f64 = 2097152;
const maxPacked: f64 = 16777216;
/** Tiles of an item: side by side, they fill lines of the cache. */
export const tilesPerItem = 8;
/** Rows of sums of an item. */
export const rowsPerItem = 96;
/** Tiles that are summed at a time: rounding grows with them. */
const tilesPerSum = 64;
/** Channels of an item. */
export const channelsPerItem = 4;

/** How a thread's own scratch is laid out, after the work space: a tile evaluated, gradients of a tile at the edge, and addresses of pixels. */
const stageAt: usize = workBytes;
const gradientsAt: usize = stageAt + workBytes;
const addressesAt: usize = gradientsAt + 256;
export const ownBytes: usize = (addressesAt + tilesPerItem * positions * 4 + 63) & ~63;

/** `dFilter = windows(x)^T . dy`. Answers with the bytes of scratch that `winogradBackpropFilter` needs. */
export function planWinogradBackpropFilter(x: usize, dy: usize, dFilter: usize, geometry: Geometry): usize {
  const task = job<FilterGradient>();
  task.x = x;
  task.y = dy;
  task.filter = dFilter;
  placeForward(task, geometry);
  placeTiles(task, geometry);
  task.rows = roundUp(task.channels, tileRows);
  task.columns = roundUp(task.outputs, tileColumns);
  const tileBytes = <f64>(task.groups * positions * (task.rows + task.columns) * 4);
  const sumBytes = <f64>(task.groups * positions * 4) * <f64>(task.rows * task.columns);
  const packed = min(maxPacked, max(minPacked, 4 * sumBytes));
  const chunks = max(1, <i32>Math.ceil(<f64>task.tiles * tileBytes / packed));
  task.chunk = ceilDiv(task.tiles, chunks);
  task.windowStep = (<usize>(task.rows * task.chunk) << 2) + positionPadding;
  task.gradientStep = (<usize>(task.columns * task.chunk) << 2) + positionPadding;
  task.sumStep = (<usize>(task.rows * task.columns) << 2) + positionPadding;
  const stepBytes = task.windowStep + task.gradientStep + task.sumStep;
  return ownBytes * threadCount() + zeroBytes(task) + stepBytes * <usize>(task.groups * positions) + 64;
}

/** What lies outside of the image, and what sums start from. */
// @ts-ignore: decorator
@inline
export function zeroBytes(task: FilterGradient): usize {
  return (<usize>max(task.channels, tileColumns) << 2) + 63 & ~63;
}

/** Windows and gradients of some tiles. */
export function winogradEvaluate(item: i32, thread: i32): void {
  const task = job<FilterGradient>();
  const items = ceilDiv(task.length, tilesPerItem);
  const group = item / items;
  const first = item % items * tilesPerItem;
  const count = min(tilesPerItem, task.length - first);
  const own = task.own + <usize>thread * ownBytes;
  evaluateWindows(task, own, group, first, count);
  evaluateGradients(task, own, group, first, count);
}

function evaluateWindows(task: FilterGradient, own: usize, group: i32, first: i32, count: i32): void {
  const addresses = own + addressesAt;
  const stage = own + stageAt;
  for (let t = 0; t < count; t++)
    findPixels(task, group, task.first + first + t, addresses + <usize>(t * positions << 2));
  const panelBytes = <usize>task.length * rowStep;
  const windows = task.windows + task.windowStep * <usize>(group * positions) + <usize>first * rowStep;
  for (let channel = 0; channel < task.channels; channel += 4) {
    const lane = channel % tileRows;
    const panel = windows + <usize>(channel / tileRows) * panelBytes + (<usize>lane << 2);
    // The two of four channels that a panel of six has no place for.
    const next = panel + panelBytes - (<usize>lane << 2);
    for (let t = 0; t < count; t++) {
      const pixels = addresses + <usize>(t * positions << 2);
      let to = <usize>t * rowStep;
      if (lane + 4 <= tileRows) {
        windowTile(pixels, <usize>channel << 2, own, panel + to, task.windowStep);
        continue;
      }
      windowTile(pixels, <usize>channel << 2, own, stage, 16);
      for (let position: usize = 0; position < workBytes; position += 16, to += task.windowStep) {
        const values = v128.load(stage + position);
        v128.store64_lane(panel + to, values, 0);
        v128.store64_lane(next + to, values, 1);
      }
    }
  }
  for (let channel = task.channels; channel < task.rows; channel++) {
    const panel = windows + <usize>(channel / tileRows) * panelBytes + (<usize>(channel % tileRows) << 2);
    for (let position = 0; position < positions; position++)
      for (let t = 0; t < count; t++)
        store<f32>(panel + <usize>position * task.windowStep + <usize>t * rowStep, 0);
  }
}

function evaluateGradients(task: FilterGradient, own: usize, group: i32, first: i32, count: i32): void {
  const panelBytes = <usize>task.length * columnStep;
  const gradients = task.gradients + task.gradientStep * <usize>(group * positions) + <usize>first * columnStep;
  const line = <usize>task.outWidth * task.outPixelBytes;
  for (let t = 0; t < count; t++) {
    const index = task.first + first + t;
    const top = topOf(task, index);
    const left = leftOf(task, index);
    const rows = min(task.side, task.outHeight - top);
    const across = min(task.side, task.outWidth - left);
    const from = task.y + <usize>(imageOf(task, index) * task.outHeight + top) * line + <usize>left * task.outPixelBytes
      + (<usize>(group * task.outputs) << 2);
    for (let output = 0; output < task.columns; output += 4) {
      const to = gradients + <usize>(output / tileColumns) * panelBytes + (<usize>(output % tileColumns) << 2)
        + <usize>t * columnStep;
      const at = from + (<usize>output << 2);
      if (output >= task.outputs)
        for (let position = 0; position < positions; position++)
          v128.store(to + <usize>position * task.gradientStep, f32x4.splat(0));
      else if (rows == task.side && across == task.side)
        gradientTile(task.side, at, line, task.outPixelBytes, own, to, task.gradientStep);
      else {
        copyEdge(task, at, line, rows, across, own + gradientsAt);
        gradientTile(task.side, own + gradientsAt, <usize>task.side << 4, 16, own, to, task.gradientStep);
      }
    }
  }
}

/** Gradients of a tile that hangs over the edge, where there are none. */
function copyEdge(task: FilterGradient, from: usize, line: usize, rows: i32, across: i32, to: usize): void {
  for (let row = 0; row < task.side; row++)
    for (let column = 0; column < task.side; column++, to += 16)
      v128.store(
        to,
        row < rows && column < across
          ? v128.load(from + <usize>row * line + <usize>column * task.outPixelBytes)
          : f32x4.splat(0),
      );
}

/** Some rows of the sums of a position. */
export function winogradSum(item: i32): void {
  const task = job<FilterGradient>();
  const blocks = ceilDiv(task.rows, rowsPerItem);
  const matrix = <usize>(item / blocks);
  const first = item % blocks * rowsPerItem;
  const end = min(task.rows, first + rowsPerItem);
  const stride = <usize>task.columns << 2;
  const rowPanel = <usize>task.length * rowStep;
  const columnPanel = <usize>task.length * columnStep;
  const windows = task.windows + matrix * task.windowStep + <usize>(first / tileRows) * rowPanel;
  const sums = task.sums + matrix * task.sumStep + <usize>first * stride;
  let b = task.gradients + matrix * task.gradientStep;
  for (let j = 0; j < task.columns; j += tileColumns, b += columnPanel) {
    let a = windows;
    let c = sums + (<usize>j << 2);
    for (let i = first; i < end; i += tileRows, a += rowPanel, c += <usize>tileRows * stride)
      for (let t = 0; t < task.length; t += tilesPerSum) {
        const length = min(tilesPerSum, task.length - t);
        const start = task.first + t == 0 ? task.zeros : 0;
        tile(a + <usize>t * rowStep, b + <usize>t * columnStep, length, c, stride, start);
      }
  }
}

/** Some channels of the gradient, `[taps, taps, channels, groups * outputs]`. */
export function winogradFilterGradients(item: i32, thread: i32): void {
  const task = job<FilterGradient>();
  const items = ceilDiv(task.channels, channelsPerItem);
  const group = item / items;
  const first = item % items * channelsPerItem;
  const own = task.own + <usize>thread * ownBytes;
  const sums = task.sums + task.sumStep * <usize>(group * positions);
  const tap = <usize>task.channels * task.outPixelBytes;
  for (let channel = first; channel < min(task.channels, first + channelsPerItem); channel++) {
    const from = sums + (<usize>(channel * task.columns) << 2);
    const to = task.filter + <usize>channel * task.outPixelBytes + (<usize>(group * task.outputs) << 2);
    for (let output: usize = 0; output < <usize>task.outputs << 2; output += 16)
      filterGradientTile(task.taps, from + output, task.sumStep, own, to + output, <usize>task.taps * tap, tap);
  }
}
