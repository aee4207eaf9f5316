/**
 * The gradient of a convolution's input: again a convolution, of `dy` with the filter rotated by 180 degrees.
 *
 * `dx[i] = sum over u with s | i + p - u d of dy[(i + p - u d) / s] w[u]` along either axis, with stride `s`, dilation `d`, padding `p`.
 * Pixels fall into `s` phases by `i mod s`. Within one, `i = phase + s g`, the taps that count are every `s / gcd(s, d)`-th,
 * and what tap `u` sees lies `(phase + p - u d) / s` pixels beyond `g`: a convolution of stride 1 and dilation `d / gcd(s, d)`.
 */
import { chooseSegment } from '../gemm/pack/pack-image';
import { plan } from '../gemm/plan';
import { Product, Source } from '../gemm/product';
import { job } from '../threads/job';
import { Geometry } from './geometry';

function divisor(a: i32, b: i32): i32 {
  while (b != 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/** The first tap that counts for a phase, or -1 if none does. */
function firstTap(phase: i32, padding: i32, taps: i32, stride: i32, dilation: i32): i32 {
  for (let tap = 0; tap < min(taps, stride); tap++) if ((phase + padding - tap * dilation) % stride == 0) return tap;
  return -1;
}

/**
 * Plans one phase, and answers with the bytes of scratch that `multiply` needs, or 0 if no tap counts: its pixels are zeros.
 *
 * @param geometry Of the convolution that went forward.
 */
export function planConv2dBackpropInput(
  dy: usize, filter: usize, dx: usize, geometry: Geometry, phaseRow: i32, phaseColumn: i32,
): usize {
  const strideHeight = geometry.strideHeight;
  const strideWidth = geometry.strideWidth;
  const row = firstTap(phaseRow, geometry.top, geometry.filterHeight, strideHeight, geometry.dilationHeight);
  const column = firstTap(phaseColumn, geometry.left, geometry.filterWidth, strideWidth, geometry.dilationWidth);
  if (row < 0 || column < 0) return 0;
  const task = job<Product>();
  const commonHeight = divisor(strideHeight, geometry.dilationHeight);
  const commonWidth = divisor(strideWidth, geometry.dilationWidth);
  task.tapRowStep = strideHeight / commonHeight;
  task.tapColumnStep = strideWidth / commonWidth;
  task.filterHeight = (geometry.filterHeight - 1 - row) / task.tapRowStep + 1;
  task.filterWidth = (geometry.filterWidth - 1 - column) / task.tapColumnStep + 1;
  task.firstTapRow = row + (task.filterHeight - 1) * task.tapRowStep;
  task.firstTapColumn = column + (task.filterWidth - 1) * task.tapColumnStep;
  task.wholeFilterWidth = geometry.filterWidth;

  task.a = dy;
  task.aSource = Source.image;
  task.height = geometry.outHeight;
  task.width = geometry.outWidth;
  task.channels = geometry.outChannels / geometry.groups;
  task.pixelBytes = <usize>geometry.outChannels << 2;
  task.aGroup = <usize>task.channels << 2;
  task.strideHeight = 1;
  task.strideWidth = 1;
  task.dilationHeight = geometry.dilationHeight / commonHeight;
  task.dilationWidth = geometry.dilationWidth / commonWidth;
  // What the last of the taps sees, the first of the flipped ones: exact, for the sums are multiples of the stride.
  task.top = (task.firstTapRow * geometry.dilationHeight - phaseRow - geometry.top) / strideHeight;
  task.left = (task.firstTapColumn * geometry.dilationWidth - phaseColumn - geometry.left) / strideWidth;
  task.outHeight = (geometry.inHeight - phaseRow + strideHeight - 1) / strideHeight;
  task.outWidth = (geometry.inWidth - phaseColumn + strideWidth - 1) / strideWidth;
  task.groups = geometry.groups;
  chooseSegment(task);

  task.b = filter;
  task.bSource = Source.flippedFilter;
  task.bStride = <usize>geometry.outChannels << 2;
  task.bGroup = <usize>task.channels << 2;
  task.c = dx;
  task.bias = 0;
  task.relu = 0;
  task.rows = geometry.batchSize * task.outHeight * task.outWidth;
  task.columns = geometry.inChannels / geometry.groups;
  task.depth = task.filterHeight * task.filterWidth * task.channels;
  task.cStride = <usize>geometry.inChannels << 2;
  task.cGroup = <usize>task.columns << 2;
  task.scattered = strideHeight > 1 || strideWidth > 1;
  task.toHeight = geometry.inHeight;
  task.toWidth = geometry.inWidth;
  task.toTop = phaseRow;
  task.toLeft = phaseColumn;
  task.toStepHeight = strideHeight;
  task.toStepWidth = strideWidth;
  return plan(task);
}
