import type { KernelFunc } from '@tensorflow/tfjs-core';
import { wasmBackend } from './heap.ts';
import { meetsNewWeights } from './new-weights.ts';
import { input, type KernelOver, runKernel } from './run-kernel.ts';

/**
 * `_FusedMatMul`, the product of dense layers. With a transposed operand or with weights that are new, and without an
 * activation, it is `BatchMatMul` and a sum, which are fast there.
 */
export const fusedMatMul: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const { inputs, backend, attrs = {} } = call;
    if (!stock) throw new Error('tfjs-backend-wasm has a _FusedMatMul');
    const [a, b] = [input(inputs, 'a'), input(inputs, 'b')];
    const { transposeA = false, transposeB = false, activation = 'linear' } = attrs;
    const plain = !transposeA && !transposeB;
    if (activation !== 'linear' || inputs.preluActivationWeights) return stock(call);
    if (plain && !meetsNewWeights(a, b)) return stock(call);
    const heap = wasmBackend(backend);
    const product = runKernel(heap, 'BatchMatMul', { a, b }, { transposeA, transposeB });
    if (!inputs.bias) return product;
    const sum = runKernel(heap, 'Add', { a: product, b: inputs.bias }, {});
    heap.disposeData(product.dataId);
    return sum;
  };
