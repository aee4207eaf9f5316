import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { numberOf } from '../kernel-call/attributes.ts';
import { shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import { address, type WasmBackend, wasmBackend } from './backend.ts';
import { moduleOf } from './module-of.ts';

/** What both kernels are told, with room for so many elements of each channel and thread. */
function along(backend: WasmBackend, x: TensorInfo, attrs: NamedAttrMap, lines: number) {
  const [batch, height, width, channels] = shape4D(x.shape);
  const radius = numberOf(attrs, 'depthRadius');
  const kernels = moduleOf(backend);
  const scratch = kernels.scratch(4 * kernels.threads * lines * (channels + 2 * radius));
  const [bias, alpha, beta] = [numberOf(attrs, 'bias'), numberOf(attrs, 'alpha'), numberOf(attrs, 'beta')];
  return [batch * height * width, channels, radius, bias, alpha, beta, scratch] as const;
}

/** `LRN`, across channels. */
export const lrn: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const x = input(inputs, 'x');
  const y = backend.makeOutput([...x.shape], 'float32');
  moduleOf(backend).run('lrn', address(backend, x), address(backend, y), ...along(backend, x, attrs, 1));
  return y;
};

/** `LRNGrad`. */
export const lrnGrad: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [x, y, dy] = [input(inputs, 'x'), input(inputs, 'y'), input(inputs, 'dy')];
  const dx = backend.makeOutput([...x.shape], 'float32');
  const addresses = [address(backend, dy), address(backend, x), address(backend, y), address(backend, dx)] as const;
  moduleOf(backend).run('lrnGrad', ...addresses, ...along(backend, x, attrs, 2));
  return dx;
};
