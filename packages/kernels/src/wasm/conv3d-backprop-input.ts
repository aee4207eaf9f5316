import { backend_util, type KernelFunc } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import { input } from '../kernel-call/input.ts';
import { view, wasmBackend } from './backend.ts';

const numbers = (value: unknown, count: number): number[] => {
  if (Array.isArray(value) && value.length === count && value.every((one) => typeof one === 'number')) return value;
  throw new ZooError('backend', `wasm kernels: expected ${count} numbers, got ${JSON.stringify(value)}.`);
};

const shape5D = (value: unknown): [number, number, number, number, number] => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = numbers(value, 5);
  return [a, b, c, d, e];
};

const triple = (value: unknown): [number, number, number] => {
  const [a = 1, b = 1, c = 1] = typeof value === 'number' ? [value, value, value] : numbers(value, 3);
  return [a, b, c];
};

/** `Conv3DBackpropInputV2`: `dx[p] = sum of w[k] dy[q]` over all taps `p = q stride + k`, on one thread. tfjs-backend-wasm's own gives other numbers. */
export const conv3dBackpropInput: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
  const g = backend_util.computeConv3DInfo(
    shape5D(attrs.inputShape),
    shape5D(filter.shape),
    triple(attrs.strides),
    1,
    attrs.pad === 'same' ? 'same' : 'valid',
  );
  const dx = backend.makeOutput([...g.inShape], 'float32');
  const [from, weights, to] = [view(backend, dy), view(backend, filter), view(backend, dx)];
  to.fill(0);
  let source = 0;
  for (let image = 0; image < g.batchSize; image++)
    for (let plane = 0; plane < g.outDepth; plane++)
      for (let row = 0; row < g.outHeight; row++)
        for (let column = 0; column < g.outWidth; column++, source += g.outChannels)
          for (let tap = 0; tap < g.filterDepth * g.filterHeight * g.filterWidth; tap++) {
            const z = plane * g.strideDepth - g.padInfo.front + Math.floor(tap / (g.filterHeight * g.filterWidth));
            const y = row * g.strideHeight - g.padInfo.top + (Math.floor(tap / g.filterWidth) % g.filterHeight);
            const x = column * g.strideWidth - g.padInfo.left + (tap % g.filterWidth);
            if (z < 0 || z >= g.inDepth || y < 0 || y >= g.inHeight || x < 0 || x >= g.inWidth) continue;
            const pixel = (((image * g.inDepth + z) * g.inHeight + y) * g.inWidth + x) * g.inChannels;
            for (let channel = 0; channel < g.inChannels; channel++) {
              const at = (tap * g.inChannels + channel) * g.outChannels;
              let sum = 0;
              for (let out = 0; out < g.outChannels; out++) sum += (weights[at + out] ?? 0) * (from[source + out] ?? 0);
              to[pixel + channel] = (to[pixel + channel] ?? 0) + sum;
            }
          }
  return dx;
};
