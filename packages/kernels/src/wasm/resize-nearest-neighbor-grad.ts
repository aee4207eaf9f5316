import type { KernelFunc } from '@tensorflow/tfjs-core';
import { shape4D } from './conv-attributes.ts';
import { view, wasmBackend } from './heap.ts';
import { input } from './run-kernel.ts';

/** For each place along an axis of the result, the place it was copied from. */
function origins(inSize: number, outSize: number, alignCorners: boolean): number[] {
  const aligned = alignCorners && outSize > 1;
  const scale = aligned ? (inSize - 1) / (outSize - 1) : inSize / outSize;
  return Array.from({ length: outSize }, (_, place) =>
    Math.min(inSize - 1, alignCorners ? Math.round(place * scale) : Math.floor(place * scale)),
  );
}

/** `ResizeNearestNeighborGrad`: each pixel gathers the gradients of its copies. tfjs-backend-wasm's own adds them to whatever lies in the memory. */
export const resizeNearestNeighborGrad: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [images, dy] = [input(inputs, 'images'), input(inputs, 'dy')];
  const [batch, height, width, channels] = shape4D(images.shape);
  const [, outHeight, outWidth] = shape4D(dy.shape);
  const [rows, columns] = [
    origins(height, outHeight, attrs.alignCorners === true),
    origins(width, outWidth, attrs.alignCorners === true),
  ];
  const dx = heap.makeOutput([...images.shape], 'float32');
  const [from, to] = [view(heap, dy), view(heap, dx)];
  to.fill(0);
  let place = 0;
  for (let image = 0; image < batch; image++)
    for (const row of rows)
      for (const column of columns) {
        const pixel = ((image * height + row) * width + column) * channels;
        for (let channel = 0; channel < channels; channel++, place++)
          to[pixel + channel] = (to[pixel + channel] ?? 0) + (from[place] ?? 0);
      }
  return dx;
};
