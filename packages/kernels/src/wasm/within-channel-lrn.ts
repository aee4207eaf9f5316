import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { elements } from '@zoo/core';
import { numberOf } from '../kernel-call/attributes.ts';
import { shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import { address, wasmBackend } from './backend.ts';
import { moduleOf } from './module-of.ts';

const along = (x: TensorInfo, attrs: NamedAttrMap) =>
  [
    ...shape4D(x.shape),
    numberOf(attrs, 'size'),
    numberOf(attrs, 'k'),
    numberOf(attrs, 'alpha'),
    numberOf(attrs, 'beta'),
  ] as const;

/** `WithinChannelLRN`. */
export const withinChannelLrnKernel: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const x = input(inputs, 'x');
  const y = backend.makeOutput([...x.shape], 'float32');
  moduleOf(backend).run('withinChannelLrn', address(backend, x), address(backend, y), ...along(x, attrs));
  return y;
};

/** `WithinChannelLRNGrad`. */
export const withinChannelLrnGradKernel: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [x, y, dy] = [input(inputs, 'x'), input(inputs, 'y'), input(inputs, 'dy')];
  const dx = backend.makeOutput([...x.shape], 'float32');
  const kernels = moduleOf(backend);
  const addresses = [address(backend, dy), address(backend, x), address(backend, y), address(backend, dx)] as const;
  const terms = kernels.scratch(4 * elements(x.shape));
  kernels.run('withinChannelLrnGrad', ...addresses, ...along(x, attrs), terms);
  return dx;
};
