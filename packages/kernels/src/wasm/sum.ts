import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { view, wasmBackend } from './heap.ts';
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
    const channels = x.shape[rank - 1] ?? 1;
    const output = heap.makeOutput(
      attrs.keepDims ? x.shape.map((size, i) => (i < rank - 1 ? 1 : size)) : [channels],
      'float32',
    );
    const [from, to] = [view(heap, x), view(heap, output)];
    // In double precision: hundreds of thousands of terms lose digits in single.
    const totals = new Float64Array(channels);
    const row = (at: number) => from[at] ?? 0;
    let start = 0;
    // Four rows at a time: the loads are cheap, the running totals are not.
    for (; start + 4 * channels <= from.length; start += 4 * channels)
      for (let channel = 0; channel < channels; channel++) {
        const at = start + channel;
        const four = row(at) + row(at + channels) + row(at + 2 * channels) + row(at + 3 * channels);
        totals[channel] = (totals[channel] ?? 0) + four;
      }
    for (; start < from.length; start += channels)
      for (let channel = 0; channel < channels; channel++)
        totals[channel] = (totals[channel] ?? 0) + row(start + channel);
    to.set(totals);
    return output;
  };
