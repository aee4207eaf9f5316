import type { KernelFunc } from '@tensorflow/tfjs-core';
import { input } from '../kernel-call/input.ts';
import { wasmBackend } from './backend.ts';

/**
 * `Identity` without the copy that tfjs-backend-wasm makes: both tensors hold the same elements, as in tfjs's other backends.
 * Every op clones what its gradient will need, weights of the dense layers included.
 */
export const identity: KernelFunc = ({ inputs, backend }) => {
  const { dataId, shape, dtype } = input(inputs, 'x');
  wasmBackend(backend).incRef(dataId);
  return { dataId, shape, dtype };
};
