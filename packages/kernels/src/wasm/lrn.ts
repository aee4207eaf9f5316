import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { numberOf } from './attributes.ts';
import { shape4D } from './conv-attributes.ts';
import { coreOf } from './core.ts';
import { address, type WasmBackend, wasmBackend } from './heap.ts';
import { input } from './run-kernel.ts';

/** What both kernels are told, with room for so many numbers of each channel and thread. */
function along(heap: WasmBackend, x: TensorInfo, attrs: NamedAttrMap, lines: number) {
  const [batch, height, width, channels] = shape4D(x.shape);
  const radius = numberOf(attrs, 'depthRadius');
  const core = coreOf(heap);
  const scratch = core.scratch(4 * core.threads * lines * (channels + 2 * radius));
  const [bias, alpha, beta] = [numberOf(attrs, 'bias'), numberOf(attrs, 'alpha'), numberOf(attrs, 'beta')];
  return [batch * height * width, channels, radius, bias, alpha, beta, scratch] as const;
}

/** `LRN`, across channels. */
export const lrn: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const x = input(inputs, 'x');
  const y = heap.makeOutput([...x.shape], 'float32');
  coreOf(heap).run('lrn', address(heap, x), address(heap, y), ...along(heap, x, attrs, 1));
  return y;
};

/** `LRNGrad`. */
export const lrnGrad: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [x, y, dy] = [input(inputs, 'x'), input(inputs, 'y'), input(inputs, 'dy')];
  const dx = heap.makeOutput([...x.shape], 'float32');
  const places = [address(heap, dy), address(heap, x), address(heap, y), address(heap, dx)] as const;
  coreOf(heap).run('lrnGrad', ...places, ...along(heap, x, attrs, 2));
  return dx;
};
