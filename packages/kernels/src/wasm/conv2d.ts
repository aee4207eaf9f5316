import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { epilogue } from './activation.ts';
import { wasmBackend } from './backend.ts';
import { convolution, groupedConvolution, outputShape } from './convolution.ts';
import { convolve, convolveBackFilter, convolveBackInput } from './convolve.ts';

/** `Conv2D`. */
export const conv2d: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
  return convolve(wasmBackend(backend), x, filter, convolution(shape4D(x.shape), shape4D(filter.shape), attrs));
};

/** `FusedConv2D`: a convolution, its bias and its activation. */
export const fusedConv2d: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
  const geometry = convolution(shape4D(x.shape), shape4D(filter.shape), attrs);
  const { finish, ...along } = epilogue(backend, inputs, attrs, geometry.outChannels);
  return finish(convolve(backend, x, filter, geometry, along));
};

/** `Conv2DBackpropInput`. `conv2dTranspose` may give it pixels that no convolution to that size makes: tfjs's own leaves those out. */
export const conv2dBackpropInput: KernelOver = (stock) => (call) => {
  const { inputs, backend, attrs = {} } = call;
  const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
  const geometry = convolution(shape4D(attrs.inputShape), shape4D(filter.shape), attrs);
  if (!util.arraysEqual(dy.shape, outputShape(geometry))) return stock(call);
  return convolveBackInput(wasmBackend(backend), dy, filter, geometry);
};

/** `Conv2DBackpropFilter`, which tfjs-backend-wasm lacks. */
export const conv2dBackpropFilter: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
  const geometry = convolution(shape4D(x.shape), shape4D(attrs.filterShape), attrs);
  return convolveBackFilter(wasmBackend(backend), x, dy, geometry);
};

/** `GroupedConv2D`: no group is copied, each reads and writes its channels where they are. */
export const groupedConv2dKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
  const geometry = groupedConvolution(shape4D(x.shape), shape4D(filter.shape), attrs);
  return convolve(wasmBackend(backend), x, filter, geometry, { bias: inputs.bias });
};

/** `GroupedConv2DBackpropInput`. */
export const groupedConv2dBackpropInput: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
  const geometry = groupedConvolution(shape4D(attrs.inputShape), shape4D(filter.shape), attrs);
  return convolveBackInput(wasmBackend(backend), dy, filter, geometry);
};

/** `GroupedConv2DBackpropFilter`. */
export const groupedConv2dBackpropFilter: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
  const geometry = groupedConvolution(shape4D(x.shape), shape4D(attrs.filterShape), attrs);
  return convolveBackFilter(wasmBackend(backend), x, dy, geometry);
};
