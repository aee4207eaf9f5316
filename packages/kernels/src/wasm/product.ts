import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { coreOf } from './core.ts';
import { address, type WasmBackend } from './heap.ts';

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

/** For every matrix of the result, which matrix of an operand it comes from. */
function sources(outer: readonly number[], own: readonly number[]): number[] {
  const count = util.sizeFromShape([...outer]);
  return Array.from({ length: count }, (_, index) => {
    let [rest, source, stride] = [index, 0, 1];
    for (let axis = 1; axis <= outer.length; axis++) {
      const size = outer.at(-axis) ?? 1;
      const ownSize = axis <= own.length ? (own.at(-axis) ?? 1) : 1;
      source += (rest % size) * (ownSize === 1 ? 0 : stride);
      stride *= ownSize;
      rest = Math.floor(rest / size);
    }
    return source;
  });
}

/** Numbers of all the matrices that one call packs, unless it is one alone. */
const mostMatrices = 2 ** 20;

/** Measured: up to so many rows, and from so large a matrix on, reading the matrix takes longer than multiplying. */
const [mostFewRows, leastMatrix] = [64, 2 ** 16];

/** Measured: up to such a depth, and from so wide and so large a result on, it takes as long to write as to compute. */
const [mostShallow, leastWidth, leastResult] = [32, 64, 2 ** 16];

/** `bias + a . b` over the last two axes, the axes before them broadcast. */
export function matrixProduct(heap: WasmBackend, a: TensorInfo, b: TensorInfo, options: ProductOptions): TensorInfo {
  const { transposeA, transposeB, bias, relu = false } = options;
  const [[rows, depth], [inner, columns]] = [last(a, transposeA), last(b, transposeB)];
  util.assert(
    depth === inner && a.shape.length > 1 && b.shape.length > 1,
    () =>
      `Error in matMul: inner shapes (${depth}) and (${inner}) of tensors with shapes [${a.shape}] and [${b.shape}] must match, and both must be matrices.`,
  );
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  const output = heap.makeOutput([...outer, rows, columns], 'float32');
  const count = util.sizeFromShape(outer);
  if (count * rows * columns === 0) return output;
  const core = coreOf(heap);
  const [aSize, bSize] = [rows * depth, depth * columns];
  if (count === 1 && !transposeA && rows <= mostFewRows && columns * depth >= leastMatrix) {
    const name = transposeB ? 'fewRowsTransposed' : 'fewRows';
    const places = [address(heap, a), address(heap, b), bias ? address(heap, bias) : 0, address(heap, output)] as const;
    const scratch = core.scratch(core.plan('planFewRows', rows, columns, depth));
    core.run(name, ...places, rows, columns, depth, Number(relu), scratch);
    return output;
  }
  if (count === 1 && !bias && !relu && depth <= mostShallow && columns >= leastWidth && rows * columns >= leastResult) {
    const places = [address(heap, a), address(heap, b), address(heap, output)] as const;
    const scratch = core.scratch(core.plan('planShallow', columns, depth));
    core.run('shallow', ...places, rows, columns, depth, Number(transposeA), Number(transposeB), scratch);
    return output;
  }
  const multiply = (matrices: number, firstA: number, firstB: number, firstC: number, aStep: number, bStep: number) =>
    core.multiply(
      core.plan(
        'planMatMul',
        address(heap, a) + 4 * aSize * firstA,
        address(heap, b) + 4 * bSize * firstB,
        bias ? address(heap, bias) : 0,
        address(heap, output) + 4 * rows * columns * firstC,
        matrices,
        rows,
        columns,
        depth,
        Number(transposeA),
        Number(transposeB),
        aSize * aStep,
        bSize * bStep,
        Number(relu),
      ),
    );
  const [countA, countB] = [util.sizeFromShape(outerA), util.sizeFromShape(outerB)];
  const even = (own: number) => own === count || own === 1;
  if (even(countA) && even(countB)) {
    const [aStep, bStep] = [countA === 1 ? 0 : 1, countB === 1 ? 0 : 1];
    const most = Math.max(1, Math.floor(mostMatrices / (aSize + bSize + 1)));
    for (let first = 0; first < count; first += most)
      multiply(Math.min(most, count - first), first * aStep, first * bStep, first, aStep, bStep);
  } else {
    const [fromA, fromB] = [sources(outer, outerA), sources(outer, outerB)];
    for (let index = 0; index < count; index++) multiply(1, fromA[index] ?? 0, fromB[index] ?? 0, index, 0, 0);
  }
  return output;
}
