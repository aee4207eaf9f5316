import type { KernelFunc, NamedAttrMap } from '@tensorflow/tfjs-core';
import { type ConvInfo, convInfo, type Shape4D, shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import { view, wasmBackend } from './backend.ts';

const geometryOf = (x: Shape4D, filter: Shape4D, attrs: NamedAttrMap): ConvInfo => convInfo(x, filter, attrs, true);

/** Calls `tap` with the indices of a pixel of `x`, of `dy` and of the filter's row and column, for all that meet in the convolution. */
function forEachTap(g: ConvInfo, tap: (x: number, dy: number, filter: number) => void): void {
  const multiplier = g.outChannels / g.inChannels;
  for (let image = 0; image < g.batchSize; image++)
    for (let row = 0; row < g.outHeight; row++)
      for (let column = 0; column < g.outWidth; column++) {
        const dy = ((image * g.outHeight + row) * g.outWidth + column) * g.outChannels;
        for (let u = 0; u < g.filterHeight; u++) {
          const y = row * g.strideHeight - g.padInfo.top + u * g.dilationHeight;
          if (y < 0 || y >= g.inHeight) continue;
          for (let v = 0; v < g.filterWidth; v++) {
            const x = column * g.strideWidth - g.padInfo.left + v * g.dilationWidth;
            if (x < 0 || x >= g.inWidth) continue;
            tap(
              ((image * g.inHeight + y) * g.inWidth + x) * g.inChannels,
              dy,
              (u * g.filterWidth + v) * g.inChannels * multiplier,
            );
          }
        }
      }
}

/** `DepthwiseConv2dNativeBackpropInput`, which tfjs-backend-wasm lacks: `dx[p] = sum of dy[q] w[p - q]` in each channel, on one thread. */
export const depthwiseBackpropInput: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
  const geometry = geometryOf(shape4D(attrs.inputShape), shape4D(filter.shape), attrs);
  const dx = backend.makeOutput([...geometry.inShape], 'float32');
  const [from, weights, to] = [view(backend, dy), view(backend, filter), view(backend, dx)];
  const { inChannels, outChannels } = geometry;
  const multiplier = outChannels / inChannels;
  to.fill(0);
  forEachTap(geometry, (x, y, w) => {
    for (let out = 0, channel = 0; channel < inChannels; channel++) {
      let sum = 0;
      for (let part = 0; part < multiplier; part++, out++) sum += (from[y + out] ?? 0) * (weights[w + out] ?? 0);
      to[x + channel] = (to[x + channel] ?? 0) + sum;
    }
  });
  return dx;
};

/** `DepthwiseConv2dNativeBackpropFilter`, which tfjs-backend-wasm lacks: `dw[k] = sum of x[q + k] dy[q]` in each channel, on one thread. */
export const depthwiseBackpropFilter: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
  const geometry = geometryOf(shape4D(x.shape), shape4D(attrs.filterShape), attrs);
  const dFilter = backend.makeOutput([...geometry.filterShape], 'float32');
  const [pixels, from, to] = [view(backend, x), view(backend, dy), view(backend, dFilter)];
  const { inChannels, outChannels } = geometry;
  const multiplier = outChannels / inChannels;
  to.fill(0);
  forEachTap(geometry, (at, y, w) => {
    for (let out = 0, channel = 0; channel < inChannels; channel++) {
      const pixel = pixels[at + channel] ?? 0;
      for (let part = 0; part < multiplier; part++, out++)
        to[w + out] = (to[w + out] ?? 0) + pixel * (from[y + out] ?? 0);
    }
  });
  return dFilter;
};
