import type { KernelFunc } from '@tensorflow/tfjs-core';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { wasmBackend } from './backend.ts';
import { matrixProduct } from './product.ts';

/** `BatchMatMul`, either operand transposed. */
export const batchMatMul: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const { inputs, backend, attrs = {} } = call;
    const [a, b] = [input(inputs, 'a'), input(inputs, 'b')];
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return stock(call);
    const { transposeA, transposeB } = attrs;
    return matrixProduct(wasmBackend(backend), a, b, {
      transposeA: Boolean(transposeA),
      transposeB: Boolean(transposeB),
    });
  };
