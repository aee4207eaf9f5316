import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { elements } from '@zoo/core';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { address, wasmBackend } from './backend.ts';
import { moduleOf } from './module-of.ts';

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
    const { inputs, attrs = {} } = call;
    const x = input(inputs, 'x');
    const rank = x.shape.length;
    const reduced = axes(attrs.axis, rank);
    const leading = rank > 1 && reduced.length === rank - 1 && reduced.every((axis, i) => axis === i);
    if (!leading || x.dtype !== 'float32') return stock(call);
    const backend = wasmBackend(call.backend);
    const columns = x.shape[rank - 1] ?? 1;
    const rows = elements(x.shape.slice(0, -1));
    const output = backend.makeOutput(
      attrs.keepDims ? x.shape.map((size, i) => (i < rank - 1 ? 1 : size)) : [columns],
      'float32',
    );
    const kernels = moduleOf(backend);
    const scratch = kernels.scratch(kernels.plan('planSumRows', rows, columns));
    kernels.run('sumRows', address(backend, x), address(backend, output), rows, columns, scratch);
    return output;
  };
