import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { numberOf } from './attributes.ts';
import { shape4D } from './conv-attributes.ts';
import { view, type WasmBackend, wasmBackend } from './heap.ts';
import { negativePower } from './power.ts';
import { input, runKernel } from './run-kernel.ts';

interface Planes {
  batch: number;
  height: number;
  width: number;
  channels: number;
}

/** Means over a window of `size` by `size` around every pixel, zeros around the image: `fill` writes the terms of one row. */
function windowMeans(
  heap: WasmBackend,
  { batch, height, width, channels }: Planes,
  size: number,
  fill: (terms: Float32Array, target: number, source: number, length: number) => void,
): TensorInfo {
  const reach = (size - 1) / 2;
  const padded = heap.makeOutput([batch, height + 2 * reach, width + 2 * reach, channels], 'float32');
  const terms = view(heap, padded);
  terms.fill(0);
  const line = width * channels;
  for (let image = 0; image < batch; image++)
    for (let row = 0; row < height; row++) {
      const target = ((image * (height + 2 * reach) + row + reach) * (width + 2 * reach) + reach) * channels;
      fill(terms, target, (image * height + row) * line, line);
    }
  const means = runKernel(heap, 'AvgPool', { x: padded }, { filterSize: [size, size], strides: [1, 1], pad: 'valid' });
  heap.disposeData(padded.dataId);
  return means;
}

const planes = (x: TensorInfo): Planes => {
  const [batch, height, width, channels] = shape4D(x.shape);
  return { batch, height, width, channels };
};

/** Means of `x^2`: the pool is tfjs's own, which is vectorised. */
const meanSquares = (heap: WasmBackend, x: TensorInfo, size: number): TensorInfo =>
  windowMeans(heap, planes(x), size, (terms, target, source, length) => {
    const from = view(heap, x);
    for (let at = 0; at < length; at++) terms[target + at] = (from[source + at] ?? 0) ** 2;
  });

const numbers = (attrs: NamedAttrMap = {}) => {
  const size = numberOf(attrs, 'size');
  // Of means, not of sums.
  return {
    size,
    k: numberOf(attrs, 'k'),
    alpha: numberOf(attrs, 'alpha') * size * size,
    beta: numberOf(attrs, 'beta'),
  };
};

/** `WithinChannelLRN`: `y = x * s^-beta`, `s = k + alpha * (sum of x^2 over size x size)`. */
export const withinChannelLrnKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const heap = wasmBackend(backend);
  const xInfo = input(inputs, 'x');
  const { size, k, alpha, beta } = numbers(attrs);
  const power = negativePower(beta);
  const meansInfo = meanSquares(heap, xInfo, size);
  const output = heap.makeOutput([...xInfo.shape], 'float32');
  const [x, means, y] = [view(heap, xInfo), view(heap, meansInfo), view(heap, output)];
  for (let at = 0; at < y.length; at++) y[at] = (x[at] ?? 0) * power(k + alpha * (means[at] ?? 0));
  heap.disposeData(meansInfo.dataId);
  return output;
};

/** `WithinChannelLRNGrad`: `dx = dy * s^-beta - 2 * alpha * beta * x * (sum of dy * y / s over size x size)`. */
export const withinChannelLrnGradKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const heap = wasmBackend(backend);
  const [xInfo, yInfo, dyInfo] = [input(inputs, 'x'), input(inputs, 'y'), input(inputs, 'dy')];
  const { size, k, alpha, beta } = numbers(attrs);
  const power = negativePower(beta);
  const meansInfo = meanSquares(heap, xInfo, size);
  const output = heap.makeOutput([...xInfo.shape], 'float32');
  const sharedInfo = windowMeans(heap, planes(xInfo), size, (terms, target, source, length) => {
    const [y, dy, means, dx] = [view(heap, yInfo), view(heap, dyInfo), view(heap, meansInfo), view(heap, output)];
    for (let at = 0; at < length; at++) {
      const s = k + alpha * (means[source + at] ?? 0);
      const slope = dy[source + at] ?? 0;
      dx[source + at] = slope * power(s);
      terms[target + at] = (slope * (y[source + at] ?? 0)) / s;
    }
  });
  const [x, shared, dx] = [view(heap, xInfo), view(heap, sharedInfo), view(heap, output)];
  const scale = 2 * alpha * beta;
  for (let at = 0; at < dx.length; at++) dx[at] = (dx[at] ?? 0) - scale * (x[at] ?? 0) * (shared[at] ?? 0);
  heap.disposeData(meansInfo.dataId);
  heap.disposeData(sharedInfo.dataId);
  return output;
};
