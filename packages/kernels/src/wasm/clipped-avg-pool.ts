import type { KernelFunc } from '@tensorflow/tfjs-core';
import { numberOf } from './attributes.ts';
import { shape4D } from './conv-attributes.ts';
import { view, wasmBackend } from './heap.ts';
import { input, runKernel } from './run-kernel.ts';

/**
 * `ClippedAvgPool`: tfjs-backend-wasm's own pool divides by the pixels inside the image, which is right for what a
 * last window overhangs; padding that counts is written out first.
 */
export const clippedAvgPoolKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const x = input(inputs, 'x');
  const [size, stride, padding] = [numberOf(attrs, 'size'), numberOf(attrs, 'stride'), numberOf(attrs, 'padding')];
  const around: [number, number] = [padding, padding];
  const padded =
    padding === 0
      ? x
      : runKernel(heap, 'PadV2', { x }, { paddings: [[0, 0], around, around, [0, 0]], constantValue: 0 });
  const [, height, width] = shape4D(padded.shape);
  const overhang = (out: number, inSize: number): [number, number] => [
    0,
    Math.max(0, (out - 1) * stride + size - inSize),
  ];
  const pad = [
    [0, 0],
    overhang(numberOf(attrs, 'outHeight'), height),
    overhang(numberOf(attrs, 'outWidth'), width),
    [0, 0],
  ];
  const y = runKernel(heap, 'AvgPool', { x: padded }, { filterSize: [size, size], strides: [stride, stride], pad });
  if (padding > 0) heap.disposeData(padded.dataId);
  return y;
};

/** `ClippedAvgPoolGrad`: every window hands its gradient, divided by the pixels it counted, to those inside the image. */
export const clippedAvgPoolGradKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const dyInfo = input(inputs, 'dy');
  const shape = shape4D(attrs.inputShape);
  const [batch, height, width, channels] = shape;
  const [size, stride, padding] = [numberOf(attrs, 'size'), numberOf(attrs, 'stride'), numberOf(attrs, 'padding')];
  const [, outHeight, outWidth] = shape4D(dyInfo.shape);
  const output = heap.makeOutput(shape, 'float32');
  const [dy, dx] = [view(heap, dyInfo), view(heap, output)];
  dx.fill(0);
  let at = 0;
  for (let image = 0; image < batch; image++)
    for (let i = 0; i < outHeight; i++) {
      const top = i * stride - padding;
      const bottom = Math.min(top + size, height + padding);
      for (let j = 0; j < outWidth; j++, at += channels) {
        const left = j * stride - padding;
        const right = Math.min(left + size, width + padding);
        const scale = 1 / ((bottom - top) * (right - left));
        for (let row = Math.max(0, top); row < Math.min(bottom, height); row++)
          for (let column = Math.max(0, left); column < Math.min(right, width); column++) {
            const pixel = ((image * height + row) * width + column) * channels;
            for (let channel = 0; channel < channels; channel++)
              dx[pixel + channel] = (dx[pixel + channel] ?? 0) + scale * (dy[at + channel] ?? 0);
          }
      }
    }
  return output;
};
