import type { KernelFunc } from '@tensorflow/tfjs-core';
import { elements } from '@zoo/core';
import { numberOf } from '../kernel-call/attributes.ts';
import { input } from '../kernel-call/input.ts';
import { address, wasmBackend } from './backend.ts';
import { moduleOf } from './module-of.ts';

/** `SumElements`, on the calling thread. */
export const sumElementsOnWasm: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const x = input(inputs, 'x');
  const start = Math.min(numberOf(attrs, 'start'), elements(x.shape));
  const length = Math.min(numberOf(attrs, 'length'), elements(x.shape) - start);
  const y = backend.makeOutput([], 'float32');
  moduleOf(backend).run('sumElements', address(backend, x) + 4 * start, address(backend, y), length);
  return y;
};
