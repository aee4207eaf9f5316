/**
 * Convolutions of 3x3 and 5x5 taps and stride 1, forward or back to the input, with Winograd's short ones: a third to half of the
 * products. The image falls into tiles of 4x4 or 2x2 outputs, each made from a window of 6x6 pixels.
 *
 * 1. The filter's taps become 36 matrices `[channels, outputs]`, in panels (winograd-filter.ts).
 * 2. An item takes some tiles: their windows become 36 matrices `[tiles, channels]`, which are multiplied with those of the filter,
 *    and the 36 products of a tile become its outputs. All of it stays in the thread's own scratch.
 */
import { columnStep, rowStep, tileColumns, tileRows } from './blocking';
import { Geometry } from './conv2d';
import { fourSteps } from './interleave';
import { parts, roundUp } from './parts';
import { job, parallel, threadCount } from './pool';
import { Kind } from './run-item';
import { tile } from './tile';
import { points } from './winograd-lines';
import { outputTile, positions, windowTile, workBytes } from './winograd-tiles';

@unmanaged
export class Winograd {
  x: usize;
  filter: usize;
  /** 0 or `[groups, outputs]`. */
  bias: usize;
  y: usize;
  relu: i32;
  groups: i32;
  batch: i32;
  height: i32;
  width: i32;
  /** Of a group. */
  channels: i32;
  /** Bytes from a pixel to the next. */
  pixel: usize;
  outHeight: i32;
  outWidth: i32;
  /** Of a group. */
  outputs: i32;
  outPixel: usize;
  top: i32;
  left: i32;
  /** Of a side of the filter. */
  taps: i32;
  /** The filter is turned by half a turn, its channels and outputs exchanged. */
  turned: i32;

  // The plan.
  /** Outputs of a side of a tile. */
  side: i32;
  tilesDown: i32;
  tilesAcross: i32;
  /** Of all images. */
  tiles: i32;
  blockTiles: i32;
  tileBlocks: i32;
  blockOutputs: i32;
  outputBlocks: i32;
  /** Panels of the filter, see winograd-filter.ts; bytes from one position to the next. */
  panels: usize;
  panelStep: usize;
  /** As many zeros as a pixel has channels: what lies outside of the image. */
  zeros: usize;
  own: usize;
  ownBytes: usize;
}

/** Outputs that are multiplied at a time, so that their products of 36 positions stay in the second cache. */
const partOutputs = 64;
const mostBlockTiles = 48;
/** Tiles of an item for which it is worth reading the filter. */
const leastBlockTiles = 24;
const itemsPerThread = 4;
/** Outputs of an item for which it is worth making windows. */
const leastBlockOutputs = 32;
/** Tiles from which the filter's way there is worth it, which is the same for one image and for a hundred, and from which it is with panels that are kept. */
const leastTiles = 64;
const leastTilesKept = 8;
/** Channels and outputs from which the way of the windows is. */
const leastChannels = 16;

/** Bytes that keep the 36 positions out of one another's way in the cache: their matrices are often a multiple of 4096 bytes long. */
export const apart: usize = 64;

/** Outputs of a side of a tile, or 0 for a convolution that is done in another way. Tiles are of `height x width` numbers each image. */
export function sideFor(geometry: Geometry, height: i32, width: i32, kept: bool): i32 {
  const taps = geometry.filterHeight;
  const steps = geometry.strideHeight * geometry.strideWidth * geometry.dilationHeight * geometry.dilationWidth;
  if ((taps != 3 && taps != 5) || taps != geometry.filterWidth || steps != 1) return 0;
  const channels = geometry.channels / geometry.groups;
  const outputs = geometry.outChannels / geometry.groups;
  if (channels % 4 != 0 || outputs % 4 != 0 || min(channels, outputs) < leastChannels) return 0;
  const side = points + 1 - taps;
  const tiles = geometry.batch * parts(height, side) * parts(width, side);
  const least = kept ? leastTilesKept : leastTiles;
  return tiles < least ? 0 : side;
}

/**
 * `y = bias + windows(x) . filter`. Answers with the bytes of scratch that are needed besides the panels, or 0 where `planConv2d` does
 * better. @param kept The panels are there already, or will be used again.
 */
export function planWinograd(
  x: usize, filter: usize, bias: usize, y: usize, geometry: Geometry, relu: bool, kept: bool,
): usize {
  const side = sideFor(geometry, geometry.outHeight, geometry.outWidth, kept);
  if (side == 0) return 0;
  const task = job<Winograd>();
  task.x = x;
  task.filter = filter;
  task.bias = bias;
  task.y = y;
  task.relu = relu;
  task.turned = 0;
  placeForward(task, geometry);
  placeTiles(task, geometry, side);
  return plan(task);
}

/** Image and outputs as they go forward. */
export function placeForward(task: Winograd, geometry: Geometry): void {
  task.height = geometry.height;
  task.width = geometry.width;
  task.channels = geometry.channels / geometry.groups;
  task.pixel = <usize>geometry.channels << 2;
  task.outHeight = geometry.outHeight;
  task.outWidth = geometry.outWidth;
  task.outputs = geometry.outChannels / geometry.groups;
  task.outPixel = <usize>geometry.outChannels << 2;
  task.top = geometry.top;
  task.left = geometry.left;
}

export function placeTiles(task: Winograd, geometry: Geometry, side: i32): void {
  task.batch = geometry.batch;
  task.groups = geometry.groups;
  task.taps = geometry.filterHeight;
  task.side = side;
  task.tilesDown = parts(task.outHeight, side);
  task.tilesAcross = parts(task.outWidth, side);
  task.tiles = task.batch * task.tilesDown * task.tilesAcross;
}

/** The gradient of the input: the convolution of `dy` with the turned filter. Likewise. */
export function planWinogradBackpropInput(dy: usize, filter: usize, dx: usize, geometry: Geometry): usize {
  const side = sideFor(geometry, geometry.height, geometry.width, false);
  if (side == 0) return 0;
  const task = job<Winograd>();
  task.x = dy;
  task.filter = filter;
  task.bias = 0;
  task.y = dx;
  task.relu = 0;
  task.height = geometry.outHeight;
  task.width = geometry.outWidth;
  task.channels = geometry.outChannels / geometry.groups;
  task.pixel = <usize>geometry.outChannels << 2;
  task.outHeight = geometry.height;
  task.outWidth = geometry.width;
  task.outputs = geometry.channels / geometry.groups;
  task.outPixel = <usize>geometry.channels << 2;
  task.top = geometry.filterHeight - 1 - geometry.top;
  task.left = geometry.filterWidth - 1 - geometry.left;
  task.turned = 1;
  placeTiles(task, geometry, side);
  return plan(task);
}

function plan(task: Winograd): usize {
  const threads = threadCount();
  const wanted = parts(threads * itemsPerThread, task.groups);
  const share = max(min(leastBlockTiles, task.tiles), parts(task.tiles, wanted));
  task.blockTiles = min(mostBlockTiles / tileRows * tileRows, roundUp(share, tileRows));
  task.tileBlocks = parts(task.tiles, task.blockTiles);
  // Few tiles: items also share the outputs, and each makes the windows for itself.
  const outputBlocks = parts(wanted, task.tileBlocks);
  task.blockOutputs = max(leastBlockOutputs, roundUp(parts(task.outputs, outputBlocks), tileColumns));
  task.outputBlocks = parts(task.outputs, task.blockOutputs);
  const columns = roundUp(task.outputs, tileColumns);
  task.panelStep = <usize>(columns * task.channels << 2) + apart;
  task.ownBytes = (partsAt + (windowStep(task) + productStep(task)) * <usize>positions + 63) & ~63;
  return task.ownBytes * threads + ((<usize>task.channels << 2) + 63 & ~63);
}

/** Bytes of the panels for what was planned last. */
export function planWinogradPanels(): usize {
  const task = job<Winograd>();
  return task.panelStep * <usize>(positions * task.groups);
}

/** How a thread's own scratch is laid out. */
export const stageAt: usize = workBytes;
const placesAt: usize = stageAt + positions * tileRows * 16;
const partsAt: usize = (placesAt + positions * tileRows * 4 + 63) & ~63;

/** Bytes from one position's windows to the next one's: panels of `[channels, tileRows]`. */
// @ts-ignore: decorator
@inline
function windowStep(task: Winograd): usize {
  return <usize>(task.blockTiles * task.channels << 2) + apart;
}

/** Bytes from one position's products to the next one's: `[blockTiles, partOutputs]`. */
// @ts-ignore: decorator
@inline
function productStep(task: Winograd): usize {
  return <usize>(task.blockTiles * partOutputs << 2) + apart;
}

/** Makes the panels of the filter for what was planned last. */
export function winogradPanels(scratch: usize, panels: usize): i32 {
  const task = job<Winograd>();
  task.own = scratch;
  task.panels = panels;
  const pairs = parts(task.outputs, 2 * tileColumns);
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
  const places = own + placesAt;
  const stage = own + stageAt;
  for (let r = 0; r < tileRows; r++) findPixels(task, group, first + r, places + <usize>(r * positions << 2));
  const step = windowStep(task);
  for (let channel = 0; channel < task.channels; channel += 4) {
    for (let r = 0; r < tileRows; r++)
      windowTile(places + <usize>(r * positions << 2), <usize>channel << 2, own, stage + (r << 4), tileRows << 4);
    let from = stage;
    let panel = to + <usize>channel * rowStep;
    for (let position = 0; position < positions; position++, from += tileRows << 4, panel += step) {
      const a0 = v128.load(from), a1 = v128.load(from, 16), a2 = v128.load(from, 32), a3 = v128.load(from, 48);
      if (tileRows == 6) fourSteps(panel, a0, a1, a2, a3, v128.load(from, 64), v128.load(from, 80));
      else fourSteps(panel, a0, a1, a2, a3, a0, a0);
    }
  }
}

/** Addresses of a window's pixels, and of zeros for those outside of the image. */
export function findPixels(task: Winograd, group: i32, index: i32, places: usize): void {
  const plane = task.tilesDown * task.tilesAcross;
  const inPlane = index % plane;
  const top = inPlane / task.tilesAcross * task.side - task.top;
  const left = inPlane % task.tilesAcross * task.side - task.left;
  const image = task.x + <usize>(index / plane * task.height * task.width) * task.pixel
    + (<usize>(group * task.channels) << 2);
  for (let row = top; row < top + points; row++)
    for (let column = left; column < left + points; column++, places += 4) {
      const inside = index < task.tiles && <u32>row < <u32>task.height && <u32>column < <u32>task.width;
      store<usize>(places, inside ? image + <usize>(row * task.width + column) * task.pixel : task.zeros);
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
  const plane = task.tilesDown * task.tilesAcross;
  const inPlane = index % plane;
  const top = inPlane / task.tilesAcross * task.side;
  const left = inPlane % task.tilesAcross * task.side;
  const rows = min(task.side, task.outHeight - top);
  const across = min(task.side, task.outWidth - left);
  const channel = <usize>(group * task.outputs + output) << 2;
  const line = <usize>task.outWidth * task.outPixel;
  const image = task.y + <usize>(index / plane * task.outHeight) * line + channel;
  const to = image + <usize>top * line + <usize>left * task.outPixel;
  const least = f32x4.splat(task.relu ? 0 : -Infinity);
  const results = own + stageAt;
  const resultLine = <usize>task.side << 4;
  for (let j: usize = 0; j < <usize>columns << 2; j += 16) {
    outputTile(task.side, products + j, productStep(task), own, results, resultLine, 16);
    const bias = task.bias ? v128.load(task.bias + channel + j) : f32x4.splat(0);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < across; column++) {
        const value = v128.load(results + <usize>row * resultLine + (<usize>column << 4));
        const pixel = to + <usize>row * line + <usize>column * task.outPixel + j;
        v128.store(pixel, f32x4.max(f32x4.add(value, bias), least));
      }
  }
}
