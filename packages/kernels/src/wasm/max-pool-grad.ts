import type { KernelFunc } from '@tensorflow/tfjs-core';
import { poolInfo, shape4D } from './conv-attributes.ts';
import { view, wasmBackend } from './heap.ts';
import { input } from './run-kernel.ts';

/**
 * `MaxPoolGrad`: each window's gradient goes to the first pixel that holds its maximum.
 * tfjs-backend-wasm's own starts its search at the smallest positive number, and so misses every maximum that is not positive.
 */
export const maxPoolGrad: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [dyInfo, xInfo, yInfo] = [input(inputs, 'dy'), input(inputs, 'input'), input(inputs, 'output')];
  const info = poolInfo(shape4D(xInfo.shape), attrs);
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  const output = heap.makeOutput([...info.inShape], 'float32');
  const [x, y, dy, dx] = [view(heap, xInfo), view(heap, yInfo), view(heap, dyInfo), view(heap, output)];
  dx.fill(0);
  const pending = new Uint8Array(channels);
  let at = 0;
  for (let image = 0; image < batchSize; image++)
    for (let i = 0; i < outHeight; i++) {
      const top = i * info.strideHeight - info.padInfo.top;
      const bottom = Math.min(inHeight, top + info.filterHeight);
      for (let j = 0; j < outWidth; j++, at += channels) {
        const left = j * info.strideWidth - info.padInfo.left;
        const right = Math.min(inWidth, left + info.filterWidth);
        pending.fill(1);
        for (let row = Math.max(0, top); row < bottom; row++)
          for (let column = Math.max(0, left); column < right; column++) {
            const pixel = ((image * inHeight + row) * inWidth + column) * channels;
            // Channels innermost: neighbours in memory.
            for (let channel = 0; channel < channels; channel++)
              if (x[pixel + channel] === y[at + channel] && pending[channel] === 1) {
                pending[channel] = 0;
                dx[pixel + channel] = (dx[pixel + channel] ?? 0) + (dy[at + channel] ?? 0);
              }
          }
      }
    }
  return output;
};
