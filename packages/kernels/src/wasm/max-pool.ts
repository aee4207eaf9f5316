import type { KernelFunc } from '@tensorflow/tfjs-core';
import { poolInfo, shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { address, wasmBackend } from './backend.ts';
import { withWindows } from './run-pool.ts';

/** `MaxPool`, on all threads. */
export const maxPool: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const x = input(call.inputs, 'x');
    if (x.dtype !== 'float32') return stock(call);
    const backend = wasmBackend(call.backend);
    const info = poolInfo(shape4D(x.shape), call.attrs ?? {});
    const y = backend.makeOutput([...info.outShape], 'float32');
    withWindows(backend, info).run('maxPool', address(backend, x), address(backend, y));
    return y;
  };

/**
 * `MaxPoolGrad`: each window's gradient goes to the first pixel that holds its maximum.
 * tfjs-backend-wasm's own starts its search at the smallest positive number, and so misses every maximum that is not positive.
 */
export const maxPoolGrad: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [dy, x, y] = [input(inputs, 'dy'), input(inputs, 'input'), input(inputs, 'output')];
  const info = poolInfo(shape4D(x.shape), attrs);
  const dx = backend.makeOutput([...info.inShape], 'float32');
  const kernels = withWindows(backend, info);
  kernels.run('maxPoolGrad', address(backend, dy), address(backend, x), address(backend, y), address(backend, dx));
  return dx;
};
