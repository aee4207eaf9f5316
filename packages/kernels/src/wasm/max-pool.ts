import type { KernelFunc } from '@tensorflow/tfjs-core';
import { poolInfo, shape4D } from './conv-attributes.ts';
import { address, wasmBackend } from './heap.ts';
import { input, type KernelOver } from './run-kernel.ts';
import { withWindows } from './run-pool.ts';

/** `MaxPool`, on all threads. */
export const maxPool: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const x = input(call.inputs, 'x');
    if (!stock) throw new Error('tfjs-backend-wasm has a MaxPool');
    if (x.dtype !== 'float32') return stock(call);
    const heap = wasmBackend(call.backend);
    const info = poolInfo(shape4D(x.shape), call.attrs ?? {});
    const y = heap.makeOutput([...info.outShape], 'float32');
    withWindows(heap, info).run('maxPool', address(heap, x), address(heap, y));
    return y;
  };

/**
 * `MaxPoolGrad`: each window's gradient goes to the first pixel that holds its maximum.
 * tfjs-backend-wasm's own starts its search at the smallest positive number, and so misses every maximum that is not positive.
 */
export const maxPoolGrad: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [dy, x, y] = [input(inputs, 'dy'), input(inputs, 'input'), input(inputs, 'output')];
  const info = poolInfo(shape4D(x.shape), attrs);
  const dx = heap.makeOutput([...info.inShape], 'float32');
  const core = withWindows(heap, info);
  core.run('maxPoolGrad', address(heap, dy), address(heap, x), address(heap, y), address(heap, dx));
  return dx;
};
