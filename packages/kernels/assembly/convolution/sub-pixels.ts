/**
 * The gradient of the input of a convolution that takes long steps over few channels, the first of a network.
 *
 * `dx[i] = sum over u with s | i + p - u of dy[(i + p - u) / s] w[u]`: with `i + p = s g + r` and `u = s q + r` that is
 * `sum over q of dy[g - q] w[s q + r]`, in which all the phases `r` see the same elements of `dy`. Where one phase has too few channels
 * to fill a vector, the phases are made the channels of one convolution of stride 1, whose outputs are then spread over the pixels
 * (Shi et al., "Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel Convolutional Neural Network", 2016).
 * conv2d-backprop-input.ts does one phase at a time.
 */
import { ceilDiv } from '../threads/ceil-div';
import { job } from '../threads/job';
import { ok } from '../threads/status';
import { Geometry } from './geometry';

@unmanaged
export class SubPixels {
  from: usize;
  to: usize;
  /** Of the convolution that went forward. */
  geometry: Geometry;
  /** Blocks of pixels, which are the outputs of the other. */
  down: i32;
  across: i32;
}

/** Lines of an image that an item writes. */
export const itemLines = 8;

/**
 * The filter of that convolution, `[taps down, taps across, outChannels, strideHeight, strideWidth, channels]`, rotated by 180 degrees,
 * with zeros where the steps go on beyond the filter. @param geometry Of the convolution that went forward, of one group.
 */
export function subPixelFilter(filter: usize, to: usize, geometry: Geometry): i32 {
  const down = ceilDiv(geometry.filterHeight, geometry.strideHeight);
  const across = ceilDiv(geometry.filterWidth, geometry.strideWidth);
  const bytes = <usize>(geometry.strideHeight * geometry.strideWidth * geometry.inChannels) << 2;
  for (let row = down - 1; row >= 0; row--)
    for (let column = across - 1; column >= 0; column--, to += <usize>geometry.outChannels * bytes) {
      let place = to;
      for (let u = row * geometry.strideHeight; u < (row + 1) * geometry.strideHeight; u++)
        for (let v = column * geometry.strideWidth; v < (column + 1) * geometry.strideWidth; v++, place += <usize>geometry.inChannels << 2)
          flipTap(filter, u, v, place, bytes, geometry);
    }
  return ok;
}

/** `to[o, c] = filter[u, v, c, o]`. */
function flipTap(filter: usize, u: i32, v: i32, to: usize, bytes: usize, geometry: Geometry): void {
  const inside = u < geometry.filterHeight && v < geometry.filterWidth;
  const outputs = geometry.outChannels;
  const tap = filter + (<usize>((u * geometry.filterWidth + v) * geometry.inChannels * outputs) << 2);
  for (let o = 0; o < outputs; o++, to += bytes)
    for (let c = 0; c < geometry.inChannels; c++)
      store<f32>(to + (<usize>c << 2), inside ? load<f32>(tap + (<usize>(c * outputs + o) << 2)) : 0);
}

export function spreadLines(item: i32): void {
  const task = job<SubPixels>();
  const end = min(task.geometry.batchSize * task.geometry.inHeight, (item + 1) * itemLines);
  for (let line = item * itemLines; line < end; line++) spreadLine(task, line);
}

function spreadLine(task: SubPixels, line: i32): void {
  const geometry = task.geometry;
  const run = <usize>(geometry.strideWidth * geometry.inChannels) << 2;
  const row = line % geometry.inHeight + geometry.top;
  const block = line / geometry.inHeight * task.down + row / geometry.strideHeight - geometry.top / geometry.strideHeight;
  let place = task.from + <usize>(block * task.across * geometry.strideHeight + row % geometry.strideHeight) * run;
  let before = <usize>(geometry.left % geometry.strideWidth * geometry.inChannels) << 2;
  let left = <usize>(geometry.inWidth * geometry.inChannels) << 2;
  let pixels = task.to + <usize>line * left;
  for (; left > 0; place += <usize>geometry.strideHeight * run, before = 0) {
    const bytes = min(run - before, left);
    copyElements(pixels, place + before, bytes);
    pixels += bytes, left -= bytes;
  }
}

/** A few elements, for which a call would take longer. */
// @ts-ignore: decorator
@inline
function copyElements(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}
