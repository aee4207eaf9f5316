import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { coreOf } from './core.ts';
import { address, wasmBackend } from './heap.ts';
import { input, type KernelOver } from './run-kernel.ts';

/** `Relu`, on all threads. */
export const relu: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const x = input(call.inputs, 'x');
    if (!stock) throw new Error('tfjs-backend-wasm has a Relu');
    if (x.dtype !== 'float32') return stock(call);
    const heap = wasmBackend(call.backend);
    const y = heap.makeOutput([...x.shape], 'float32');
    coreOf(heap).run('relu', address(heap, x), address(heap, y), util.sizeFromShape(x.shape));
    return y;
  };

/** `ReluGrad`, which tfjs makes of three kernels. */
export const reluGradKernel: KernelFunc = ({ inputs, backend }) => {
  const heap = wasmBackend(backend);
  const [dy, x] = [input(inputs, 'dy'), input(inputs, 'x')];
  const dx = heap.makeOutput([...x.shape], 'float32');
  const count = util.sizeFromShape(x.shape);
  coreOf(heap).run('reluGrad', address(heap, dy), address(heap, x), address(heap, dx), count);
  return dx;
};
