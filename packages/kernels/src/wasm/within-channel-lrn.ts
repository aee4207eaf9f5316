import type { KernelFunc } from '@tensorflow/tfjs-core';
import { numberOf } from './attributes.ts';
import { shape4D } from './conv-attributes.ts';
import { view, wasmBackend } from './heap.ts';
import { negativePower } from './power.ts';
import { input } from './run-kernel.ts';

/** Sums over a window of `size` by `size` around every pixel of one image: first down the columns, then along the rows. */
function boxSums(
  from: Float32Array,
  to: Float32Array,
  height: number,
  width: number,
  channels: number,
  size: number,
): void {
  const reach = (size - 1) / 2;
  const line = width * channels;
  const column = new Float32Array(line);
  for (let i = 0; i < height; i++) {
    column.fill(0);
    for (let row = Math.max(0, i - reach); row <= Math.min(height - 1, i + reach); row++)
      for (let at = 0; at < line; at++) column[at] = (column[at] ?? 0) + (from[row * line + at] ?? 0);
    to.fill(0, i * line, (i + 1) * line);
    for (let shift = -reach; shift <= reach; shift++) {
      const first = Math.max(0, -shift) * channels;
      const end = Math.max(0, width - Math.max(0, shift)) * channels;
      for (let at = first; at < end; at++)
        to[i * line + at] = (to[i * line + at] ?? 0) + (column[at + shift * channels] ?? 0);
    }
  }
}

/** `WithinChannelLRN`: `y = x * s^-beta`, `s = k + alpha * (sum of x^2 over size x size)`. */
export const withinChannelLrnKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const xInfo = input(inputs, 'x');
  const [batch, height, width, channels] = shape4D(xInfo.shape);
  const [size, k, alpha] = [numberOf(attrs, 'size'), numberOf(attrs, 'k'), numberOf(attrs, 'alpha')];
  const power = negativePower(numberOf(attrs, 'beta'));
  const output = heap.makeOutput([...xInfo.shape], 'float32');
  const [x, y] = [view(heap, xInfo), view(heap, output)];
  const plane = height * width * channels;
  const [squares, sums] = [new Float32Array(plane), new Float32Array(plane)];
  for (let start = 0; start < batch * plane; start += plane) {
    for (let at = 0; at < plane; at++) squares[at] = (x[start + at] ?? 0) ** 2;
    boxSums(squares, sums, height, width, channels, size);
    for (let at = 0; at < plane; at++) y[start + at] = (x[start + at] ?? 0) * power(k + alpha * (sums[at] ?? 0));
  }
  return output;
};

/** `WithinChannelLRNGrad`: `dx = dy * s^-beta - 2 * alpha * beta * x * (sum of dy * y / s over size x size)`. */
export const withinChannelLrnGradKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [xInfo, yInfo, dyInfo] = [input(inputs, 'x'), input(inputs, 'y'), input(inputs, 'dy')];
  const [batch, height, width, channels] = shape4D(xInfo.shape);
  const [size, k, alpha, beta] = [
    numberOf(attrs, 'size'),
    numberOf(attrs, 'k'),
    numberOf(attrs, 'alpha'),
    numberOf(attrs, 'beta'),
  ];
  const power = negativePower(beta);
  const output = heap.makeOutput([...xInfo.shape], 'float32');
  const [x, y, dy, dx] = [view(heap, xInfo), view(heap, yInfo), view(heap, dyInfo), view(heap, output)];
  const plane = height * width * channels;
  const [terms, sums] = [new Float32Array(plane), new Float32Array(plane)];
  for (let start = 0; start < batch * plane; start += plane) {
    for (let at = 0; at < plane; at++) terms[at] = (x[start + at] ?? 0) ** 2;
    boxSums(terms, sums, height, width, channels, size);
    for (let at = 0; at < plane; at++) {
      const s = k + alpha * (sums[at] ?? 0);
      const slope = dy[start + at] ?? 0;
      dx[start + at] = slope * power(s);
      terms[at] = (slope * (y[start + at] ?? 0)) / s;
    }
    boxSums(terms, sums, height, width, channels, size);
    for (let at = 0; at < plane; at++)
      dx[start + at] = (dx[start + at] ?? 0) - 2 * alpha * beta * (x[start + at] ?? 0) * (sums[at] ?? 0);
  }
  return output;
};
