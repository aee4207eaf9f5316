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
  const [dyInfo, xInfo] = [input(inputs, 'dy'), input(inputs, 'input')];
  const info = poolInfo(shape4D(xInfo.shape), attrs);
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  const output = heap.makeOutput([...info.inShape], 'float32');
  const [x, dy, dx] = [view(heap, xInfo), view(heap, dyInfo), view(heap, output)];
  dx.fill(0);
  let at = 0;
  for (let image = 0; image < batchSize; image++)
    for (let i = 0; i < outHeight; i++) {
      const top = i * info.strideHeight - info.padInfo.top;
      const bottom = Math.min(inHeight, top + info.filterHeight);
      for (let j = 0; j < outWidth; j++) {
        const left = j * info.strideWidth - info.padInfo.left;
        const right = Math.min(inWidth, left + info.filterWidth);
        const [firstRow, firstColumn] = [Math.max(0, top), Math.max(0, left)];
        for (let channel = 0; channel < channels; channel++, at++) {
          let best = Number.NEGATIVE_INFINITY;
          let winner = -1;
          for (let row = firstRow; row < bottom; row++) {
            let pixel = ((image * inHeight + row) * inWidth + firstColumn) * channels + channel;
            for (let column = firstColumn; column < right; column++, pixel += channels) {
              const value = x[pixel] ?? 0;
              if (value > best) {
                best = value;
                winner = pixel;
              }
            }
          }
          if (winner >= 0) dx[winner] = (dx[winner] ?? 0) + (dy[at] ?? 0);
        }
      }
    }
  return output;
};
