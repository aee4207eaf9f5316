/** How a convolution, forward or back to the input, is shared out to the threads, and what it needs. */
import { tileColumns, tileRows } from '../../gemm/blocking';
import { ceilDiv, roundUp } from '../../threads/ceil-div';
import { job, threadCount } from '../../threads/job';
import { Geometry } from '../geometry';
import { positions, workBytes } from './squares';
import { positionPadding, placeForward, placeTiles, Winograd } from './task';

/** Outputs that are multiplied at a time, so that their products of 36 positions stay in the second cache. */
export const partOutputs = 64;
const maxBlockTiles = 48;
/** Tiles of an item for which it is worth reading the filter. */
const minBlockTiles = 24;
const itemsPerThread = 4;
/** Outputs of an item for which it is worth making windows. */
const minBlockOutputs = 32;

/** `y = bias + windows(x) . filter`. Answers with the bytes of scratch that are needed besides the panels. */
export function planWinograd(
  x: usize, filter: usize, bias: usize, y: usize, geometry: Geometry, relu: bool,
): usize {
  const task = job<Winograd>();
  task.x = x;
  task.filter = filter;
  task.bias = bias;
  task.y = y;
  task.relu = relu;
  task.flipped = 0;
  placeForward(task, geometry);
  placeTiles(task, geometry);
  return plan(task);
}

/** The gradient of the input: the convolution of `dy` with the flipped filter. Likewise. */
export function planWinogradBackpropInput(dy: usize, filter: usize, dx: usize, geometry: Geometry): usize {
  const task = job<Winograd>();
  task.x = dy;
  task.filter = filter;
  task.bias = 0;
  task.y = dx;
  task.relu = 0;
  task.height = geometry.outHeight;
  task.width = geometry.outWidth;
  task.channels = geometry.outChannels / geometry.groups;
  task.pixelBytes = <usize>geometry.outChannels << 2;
  task.outHeight = geometry.inHeight;
  task.outWidth = geometry.inWidth;
  task.outputs = geometry.inChannels / geometry.groups;
  task.outPixelBytes = <usize>geometry.inChannels << 2;
  task.top = geometry.filterHeight - 1 - geometry.top;
  task.left = geometry.filterWidth - 1 - geometry.left;
  task.flipped = 1;
  placeTiles(task, geometry);
  return plan(task);
}

function plan(task: Winograd): usize {
  const threads = threadCount();
  const wanted = ceilDiv(threads * itemsPerThread, task.groups);
  const share = max(min(minBlockTiles, task.tiles), ceilDiv(task.tiles, wanted));
  task.blockTiles = min(maxBlockTiles / tileRows * tileRows, roundUp(share, tileRows));
  task.tileBlocks = ceilDiv(task.tiles, task.blockTiles);
  // Few tiles: items also share the outputs, and each makes the windows for itself.
  const outputBlocks = ceilDiv(wanted, task.tileBlocks);
  task.blockOutputs = max(minBlockOutputs, roundUp(ceilDiv(task.outputs, outputBlocks), tileColumns));
  task.outputBlocks = ceilDiv(task.outputs, task.blockOutputs);
  const columns = roundUp(task.outputs, tileColumns);
  task.panelStep = <usize>(columns * task.channels << 2) + positionPadding;
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
export const addressesAt: usize = stageAt + positions * tileRows * 16;
export const partsAt: usize = (addressesAt + positions * tileRows * 4 + 63) & ~63;

/** Bytes from one position's windows to the next one's: panels of `[channels, tileRows]`. */
// @ts-ignore: decorator
@inline
export function windowStep(task: Winograd): usize {
  return <usize>(task.blockTiles * task.channels << 2) + positionPadding;
}

/** Bytes from one position's products to the next one's: `[blockTiles, partOutputs]`. */
// @ts-ignore: decorator
@inline
export function productStep(task: Winograd): usize {
  return <usize>(task.blockTiles * partOutputs << 2) + positionPadding;
}
