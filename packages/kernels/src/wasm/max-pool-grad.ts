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
  const line = inWidth * channels;
  let at = 0;
  for (let image = 0; image < batchSize; image++)
    for (let i = 0; i < outHeight; i++) {
      const top = i * info.strideHeight - info.padInfo.top;
      const first = Math.max(0, top);
      const rows = Math.min(inHeight, top + info.filterHeight) - first;
      for (let j = 0; j < outWidth; j++) {
        const left = j * info.strideWidth - info.padInfo.left;
        const start = Math.max(0, left);
        const breadth = (Math.min(inWidth, left + info.filterWidth) - start) * channels;
        const corner = ((image * inHeight + first) * inWidth + start) * channels;
        for (let channel = 0; channel < channels; channel++, at++) {
          const best = y[at];
          let row = corner + channel;
          // Ends at the first hit, which is half of the window on average.
          search: for (let r = 0; r < rows; r++, row += line)
            for (let pixel = row; pixel < row + breadth; pixel += channels)
              if (x[pixel] === best) {
                dx[pixel] = (dx[pixel] ?? 0) + (dy[at] ?? 0);
                break search;
              }
        }
      }
    }
  return output;
};
