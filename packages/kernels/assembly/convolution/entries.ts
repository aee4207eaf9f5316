/** What the module exports of this room. Winograd's convolutions have entries of their own. */
import { plan } from '../gemm/plan';
import { Product } from '../gemm/product';
import { Kind } from '../generated/dispatch';
import { ceilDiv } from '../threads/ceil-div';
import { job, threadCount } from '../threads/job';
import { parallel } from '../threads/pool';
import { ok } from '../threads/status';
import { filterGradientProduct, forwardProduct } from './conv2d';
import { images, isGradient, lineItems, ownBytes, panelItems, panelRows, planImages, wholeColumns } from './few-channels';
import { fewChannelsFilterItems } from './few-channels-filter';
import { fewChannelsItems } from './few-channels-forward';
import { Geometry } from './geometry';
import { itemLines, SubPixels } from './sub-pixels';

export { planConv2dBackpropInput } from './conv2d-backprop-input';
export { subPixelFilter } from './sub-pixels';

/** `y = bias + windows(x) . filter`, by `multiply`. */
export function planConv2d(x: usize, filter: usize, bias: usize, y: usize, geometry: Geometry, relu: bool): usize {
  return plan(forwardProduct(x, filter, bias, y, geometry, relu));
}

/** `dFilter = windows(x)^T . dy`, by `multiply`. */
export function planConv2dBackpropFilter(x: usize, dy: usize, dFilter: usize, geometry: Geometry): usize {
  return plan(filterGradientProduct(x, dy, dFilter, geometry));
}

/** `y = bias + windows(x) . filter`, by `fewChannels`. */
export function planFewChannels(
  x: usize, filter: usize, bias: usize, y: usize, geometry: Geometry, relu: bool,
): usize {
  return planImages(forwardProduct(x, filter, bias, y, geometry, relu));
}

/** `dFilter = windows(x)^T . dy`, by `fewChannels`. */
export function planFewChannelsBackpropFilter(x: usize, dy: usize, dFilter: usize, geometry: Geometry): usize {
  return planImages(filterGradientProduct(x, dy, dFilter, geometry));
}

/** Does what `planFewChannels` or `planFewChannelsBackpropFilter` has planned last. */
export function fewChannels(scratch: usize): i32 {
  const task = job<Product>();
  const columns = wholeColumns(task);
  task.own = scratch;
  task.starts = scratch + ownBytes * threadCount();
  for (let j = 0; j < columns; j++)
    store<f32>(task.starts + (<usize>j << 2), task.bias && j < task.columns ? load<f32>(task.bias + (<usize>j << 2)) : 0);
  task.packedB = task.starts + (<usize>columns << 2);
  const bBytes = <usize>(panelRows(task, task.chunk) * columns) << 2;
  const count = images(task);
  for (task.first = 0; task.first < count; task.first += task.chunk) {
    task.length = min(task.chunk, count - task.first);
    task.packedA = task.copied ? task.packedB + bBytes : task.a + <usize>task.first * task.imageBytes;
    const copying = parallel(Kind.copyFewChannels, lineItems(task) + panelItems(task));
    if (copying != ok) return copying;
    const status = isGradient(task)
      ? parallel(Kind.fewChannelsFilterRows, fewChannelsFilterItems(task))
      : parallel(Kind.fewChannelsWindows, fewChannelsItems(task));
    if (status != ok) return status;
  }
  return ok;
}

/**
 * What that convolution gives, to where the pixels are. It begins with the block of pixels that the first of the image is in.
 *
 * @param from `[batch, blocks down, blocks across, strideHeight, strideWidth, channels]`. @param to `[batch, height, width, channels]`.
 */
export function spreadSubPixels(from: usize, to: usize, geometry: Geometry, down: i32, across: i32): i32 {
  const task = job<SubPixels>();
  task.from = from;
  task.to = to;
  task.geometry = geometry;
  task.down = down;
  task.across = across;
  return parallel(Kind.spreadLines, ceilDiv(geometry.batchSize * geometry.inHeight, itemLines));
}
