import type { KernelFunc } from '@tensorflow/tfjs-core';
import { elements } from '@zoo/core';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { address, wasmBackend } from './backend.ts';
import { moduleOf } from './module-of.ts';

/** `Relu`, on all threads. */
export const relu: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const x = input(call.inputs, 'x');
    if (x.dtype !== 'float32') return stock(call);
    const backend = wasmBackend(call.backend);
    const y = backend.makeOutput([...x.shape], 'float32');
    moduleOf(backend).run('relu', address(backend, x), address(backend, y), elements(x.shape));
    return y;
  };

/** `ReluGrad`, which tfjs makes of three kernels. */
export const reluGradKernel: KernelFunc = ({ inputs, backend: given }) => {
  const backend = wasmBackend(given);
  const [dy, x] = [input(inputs, 'dy'), input(inputs, 'x')];
  const dx = backend.makeOutput([...x.shape], 'float32');
  const count = elements(x.shape);
  moduleOf(backend).run('reluGrad', address(backend, dy), address(backend, x), address(backend, dx), count);
  return dx;
};
