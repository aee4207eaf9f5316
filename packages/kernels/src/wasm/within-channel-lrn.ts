import { type KernelFunc, type NamedAttrMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { numberOf } from './attributes.ts';
import { shape4D } from './conv-attributes.ts';
import { coreOf } from './core.ts';
import { address, wasmBackend } from './heap.ts';
import { input } from './run-kernel.ts';

const along = (x: TensorInfo, attrs: NamedAttrMap) =>
  [
    ...shape4D(x.shape),
    numberOf(attrs, 'size'),
    numberOf(attrs, 'k'),
    numberOf(attrs, 'alpha'),
    numberOf(attrs, 'beta'),
  ] as const;

/** `WithinChannelLRN`. */
export const withinChannelLrnKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const x = input(inputs, 'x');
  const y = heap.makeOutput([...x.shape], 'float32');
  coreOf(heap).run('withinChannelLrn', address(heap, x), address(heap, y), ...along(x, attrs));
  return y;
};

/** `WithinChannelLRNGrad`. */
export const withinChannelLrnGradKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [x, y, dy] = [input(inputs, 'x'), input(inputs, 'y'), input(inputs, 'dy')];
  const dx = heap.makeOutput([...x.shape], 'float32');
  const core = coreOf(heap);
  const places = [address(heap, dy), address(heap, x), address(heap, y), address(heap, dx)] as const;
  const terms = core.scratch(4 * util.sizeFromShape(x.shape));
  core.run('withinChannelLrnGrad', ...places, ...along(x, attrs), terms);
  return dx;
};
