import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { elements } from '@zoo/core';
import { address, type WasmBackend } from './backend.ts';
import { productAlgorithm } from './choose-product.ts';
import { moduleOf } from './module-of.ts';

export interface ProductOptions {
  transposeA: boolean;
  transposeB: boolean;
  bias?: TensorInfo | undefined;
  relu?: boolean;
}

const last = ({ shape }: TensorInfo, transposed: boolean): [number, number] => {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
};

/** Which matrix of an operand a matrix of the result comes from. */
function sourceOf(index: number, outer: readonly number[], own: readonly number[]): number {
  let [rest, source, stride] = [index, 0, 1];
  for (let axis = 1; axis <= outer.length; axis++) {
    const size = outer.at(-axis) ?? 1;
    const ownSize = axis <= own.length ? (own.at(-axis) ?? 1) : 1;
    source += (rest % size) * (ownSize === 1 ? 0 : stride);
    stride *= ownSize;
    rest = Math.floor(rest / size);
  }
  return source;
}

/** Elements of all the matrices that one call packs, unless it is one alone. */
const maxElements = 2 ** 20;

/** `bias + a . b` over the last two axes, the axes before them broadcast. */
export function matrixProduct(backend: WasmBackend, a: TensorInfo, b: TensorInfo, options: ProductOptions): TensorInfo {
  const { transposeA, transposeB, bias, relu = false } = options;
  const [[rows, depth], [inner, columns]] = [last(a, transposeA), last(b, transposeB)];
  util.assert(
    depth === inner && a.shape.length > 1 && b.shape.length > 1,
    () =>
      `Error in matMul: inner shapes (${depth}) and (${inner}) of tensors with shapes [${a.shape}] and [${b.shape}] must match, and both must be matrices.`,
  );
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  const output = backend.makeOutput([...outer, rows, columns], 'float32');
  const count = elements(outer);
  if (count * rows * columns === 0) return output;
  const kernels = moduleOf(backend);
  const [aAt, bAt, cAt] = [address(backend, a), address(backend, b), address(backend, output)];
  const biasAt = bias ? address(backend, bias) : 0;
  const algorithm = productAlgorithm({ count, rows, columns, depth, transposeA, fused: relu || bias !== undefined });
  if (algorithm === 'fewRows') {
    const scratch = kernels.scratch(kernels.plan('planFewRows', rows, columns, depth));
    const name = transposeB ? 'fewRowsTransposed' : 'fewRows';
    kernels.run(name, aAt, bAt, biasAt, cAt, rows, columns, depth, relu, scratch);
    return output;
  }
  if (algorithm === 'shallow') {
    const scratch = kernels.scratch(kernels.plan('planShallow', columns, depth));
    kernels.run('shallow', aAt, bAt, cAt, rows, columns, depth, transposeA, transposeB, scratch);
    return output;
  }
  const [aSize, bSize] = [rows * depth, depth * columns];
  const multiply = (matrices: number, firstA: number, firstB: number, firstC: number, aStep: number, bStep: number) => {
    const bytes = kernels.plan(
      'planMatMul',
      aAt + 4 * aSize * firstA,
      bAt + 4 * bSize * firstB,
      biasAt,
      cAt + 4 * rows * columns * firstC,
      ...([matrices, rows, columns, depth, transposeA, transposeB] as const),
      ...([aSize * aStep, bSize * bStep, relu] as const),
    );
    kernels.runPlanned('multiply', bytes);
  };
  const [countA, countB] = [elements(outerA), elements(outerB)];
  const even = (own: number) => own === count || own === 1;
  if (even(countA) && even(countB)) {
    const [aStep, bStep] = [countA === 1 ? 0 : 1, countB === 1 ? 0 : 1];
    const most = Math.max(1, Math.floor(maxElements / (aSize + bSize + 1)));
    for (let first = 0; first < count; first += most)
      multiply(Math.min(most, count - first), first * aStep, first * bStep, first, aStep, bStep);
  } else
    for (let index = 0; index < count; index++)
      multiply(1, sourceOf(index, outer, outerA), sourceOf(index, outer, outerB), index, 0, 0);
  return output;
}
