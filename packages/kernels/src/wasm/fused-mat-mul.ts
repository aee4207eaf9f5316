import type { KernelFunc } from '@tensorflow/tfjs-core';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { epilogue } from './activation.ts';
import { wasmBackend } from './backend.ts';
import { matrixProduct } from './product.ts';

/** `_FusedMatMul`: a product, its bias and its activation. */
export const fusedMatMul: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const { inputs, attrs = {} } = call;
    const [a, b] = [input(inputs, 'a'), input(inputs, 'b')];
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return stock(call);
    const backend = wasmBackend(call.backend);
    const [transposeA, transposeB] = [Boolean(attrs.transposeA), Boolean(attrs.transposeB)];
    const columns = b.shape.at(transposeB ? -2 : -1) ?? 1;
    const { bias, relu, finish } = epilogue(backend, inputs, attrs, columns);
    return finish(matrixProduct(backend, a, b, { transposeA, transposeB, bias, relu }));
  };
