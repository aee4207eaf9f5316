import type { KernelFunc, NamedAttrMap } from '@tensorflow/tfjs-core';
import { numberOf } from '../kernel-call/attributes.ts';
import { type Shape4D, shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import { address, wasmBackend } from './backend.ts';
import { type Windows, withWindows } from './run-pool.ts';

function windows([batchSize, inHeight, inWidth, inChannels]: Shape4D, attrs: NamedAttrMap): Windows {
  const [size, stride, padding] = [numberOf(attrs, 'size'), numberOf(attrs, 'stride'), numberOf(attrs, 'padding')];
  return {
    batchSize,
    inHeight,
    inWidth,
    inChannels,
    outHeight: numberOf(attrs, 'outHeight'),
    outWidth: numberOf(attrs, 'outWidth'),
    filterHeight: size,
    filterWidth: size,
    strideHeight: stride,
    strideWidth: stride,
    padInfo: { top: padding, left: padding },
  };
}

/** `ClippedAvgPool`. */
export const clippedAvgPoolKernel: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const x = input(inputs, 'x');
  const layout = windows(shape4D(x.shape), attrs);
  const y = backend.makeOutput([layout.batchSize, layout.outHeight, layout.outWidth, layout.inChannels], 'float32');
  withWindows(backend, layout).run('avgPool', address(backend, x), address(backend, y));
  return y;
};

/** `ClippedAvgPoolGrad`: every window hands its gradient, divided by the pixels it counted, to those inside the image. */
export const clippedAvgPoolGradKernel: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const dy = input(inputs, 'dy');
  const shape = shape4D(attrs.inputShape);
  const dx = backend.makeOutput([...shape], 'float32');
  withWindows(backend, windows(shape, attrs)).run('avgPoolGrad', address(backend, dy), address(backend, dx));
  return dx;
};
