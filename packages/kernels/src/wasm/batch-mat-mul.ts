import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { wasmBackend } from './heap.ts';
import { meetsNewWeights, productWithNewWeights } from './new-weights.ts';
import { input, type KernelOver, runKernel, single } from './run-kernel.ts';

const elements = (x: TensorInfo) => x.shape.reduce((product, size) => product * size, 1);

/** The product a transposed operand costs most to avoid transposing: copying an element costs about as much as packing one. */
function cheaperTurned(a: TensorInfo, b: TensorInfo, transposeA: boolean, transposeB: boolean, size: number): boolean {
  // As it stands: transpose what is flagged, and pack `b`. Turned: transpose the rest and the product, and pack `a`.
  const straight = (transposeA ? elements(a) : 0) + (transposeB ? elements(b) : 0) + elements(b);
  const turned = (transposeA ? 0 : elements(a)) + (transposeB ? 0 : elements(b)) + size + elements(a);
  return turned < straight;
}

/**
 * `BatchMatMul` with transposed operands, which tfjs-backend-wasm multiplies by scalar loops: the operands are transposed
 * and multiplied by its fast kernel. Where that moves less memory, `(B^T . A^T)^T` is computed instead,
 * so that a large weight matrix is not copied for the sake of a small batch.
 */
export const batchMatMul: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const { inputs, backend, attrs = {} } = call;
    const [a, b] = [input(inputs, 'a'), input(inputs, 'b')];
    const { transposeA = false, transposeB = false } = attrs;
    if (!stock) throw new Error('tfjs-backend-wasm has a BatchMatMul');
    const heap = wasmBackend(backend);
    if (!transposeA && !transposeB && meetsNewWeights(a, b)) return productWithNewWeights(heap, stock, a, b);
    if (a.shape.length !== b.shape.length || (!transposeA && !transposeB)) return stock(call);
    const rank = a.shape.length;
    const perm = Array.from({ length: rank }, (_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
    const swap = (x: TensorInfo) => runKernel(heap, 'Transpose', { x }, { perm });
    const multiply = (left: TensorInfo, right: TensorInfo) =>
      single(stock({ inputs: { a: left, b: right }, backend, attrs: { transposeA: false, transposeB: false } }));
    const temporary: TensorInfo[] = [];
    const when = (condition: unknown, x: TensorInfo) => {
      if (!condition) return x;
      const swapped = swap(x);
      temporary.push(swapped);
      return swapped;
    };
    const batch = elements(a) / ((a.shape[rank - 1] ?? 1) * (a.shape[rank - 2] ?? 1));
    const outer =
      ((transposeA ? a.shape[rank - 1] : a.shape[rank - 2]) ?? 1) *
      ((transposeB ? b.shape[rank - 2] : b.shape[rank - 1]) ?? 1);
    const turn = cheaperTurned(a, b, Boolean(transposeA), Boolean(transposeB), batch * outer);
    const product = turn
      ? multiply(when(!transposeB, b), when(!transposeA, a))
      : multiply(when(transposeA, a), when(transposeB, b));
    const result = turn ? swap(product) : product;
    if (turn) heap.disposeData(product.dataId);
    for (const { dataId } of temporary) heap.disposeData(dataId);
    return result;
  };
