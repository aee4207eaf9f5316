import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { coreOf } from './core.ts';
import { address, wasmBackend } from './heap.ts';
import { input, type KernelOver } from './run-kernel.ts';

const axes = (axis: unknown, rank: number): number[] =>
  typeof axis === 'number' || (Array.isArray(axis) && axis.every((one): one is number => typeof one === 'number'))
    ? util
        .parseAxisParam(
          axis,
          Array.from({ length: rank }, () => 1),
        )
        .sort((a, b) => a - b)
    : [];

/** `Sum` over all axes but the last, the gradient of a bias, without the transposition that tfjs-backend-wasm makes first. */
export const sum: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const { inputs, backend, attrs = {} } = call;
    const x = input(inputs, 'x');
    const rank = x.shape.length;
    const reduced = axes(attrs.axis, rank);
    const leading = rank > 1 && reduced.length === rank - 1 && reduced.every((axis, i) => axis === i);
    if (!stock) throw new Error('tfjs-backend-wasm has a Sum');
    if (!leading || x.dtype !== 'float32') return stock(call);
    const heap = wasmBackend(backend);
    const columns = x.shape[rank - 1] ?? 1;
    const rows = util.sizeFromShape(x.shape.slice(0, -1));
    const output = heap.makeOutput(
      attrs.keepDims ? x.shape.map((size, i) => (i < rank - 1 ? 1 : size)) : [columns],
      'float32',
    );
    const core = coreOf(heap);
    const scratch = core.scratch(core.plan('planSumRows', rows, columns));
    core.run('sumRows', address(heap, x), address(heap, output), rows, columns, scratch);
    return output;
  };
