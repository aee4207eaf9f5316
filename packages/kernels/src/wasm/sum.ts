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

/** Adds all rows of `from` to `totals`, four at a time: the loads are cheap, the running totals are not. */
function addRows(from: Float32Array, totals: Float64Array): void {
  const channels = totals.length;
  const [second, third, fourth] = [channels, 2 * channels, 3 * channels];
  let start = 0;
  for (; start + 4 * channels <= from.length; start += 4 * channels)
    for (let channel = 0; channel < channels; channel++) {
      const at = start + channel;
      const four = (from[at] ?? 0) + (from[at + second] ?? 0) + (from[at + third] ?? 0) + (from[at + fourth] ?? 0);
      totals[channel] = (totals[channel] ?? 0) + four;
    }
  for (; start < from.length; start += channels)
    for (let channel = 0; channel < channels; channel++)
      totals[channel] = (totals[channel] ?? 0) + (from[start + channel] ?? 0);
}

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
    addRows(from, totals);
    to.set(totals);
    return output;
  };
