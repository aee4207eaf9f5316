import type { KernelFunc } from '@tensorflow/tfjs-core';
import { elements, ZooError } from '@zoo/core';
import { input } from '../kernel-call/input.ts';
import { view, wasmBackend } from './backend.ts';

/**
 * `UnsortedSegmentSum`, the gradient of `tf.gather` and so of an embedding, which tfjs-backend-wasm lacks: `y[s] = sum of the
 * x[i] with segmentIds[i] = s`. What belongs to no segment is left out.
 */
export const unsortedSegmentSum: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [x, segmentIds] = [input(inputs, 'x'), input(inputs, 'segmentIds')];
  const { numSegments } = attrs;
  if (typeof numSegments !== 'number' || x.dtype !== 'float32')
    throw new ZooError(
      'backend',
      `wasm kernels: UnsortedSegmentSum sums float32 elements into a number of segments, got ${x.dtype} and ${numSegments}.`,
    );
  const rest = x.shape.slice(segmentIds.shape.length);
  const y = backend.makeOutput([numSegments, ...rest], 'float32');
  const [from, to] = [view(backend, x), view(backend, y)];
  // Integers of 32 bits lie in the same heap.
  const words = view(backend, segmentIds);
  const ids = new Int32Array(words.buffer, words.byteOffset, words.length);
  const width = elements(rest);
  to.fill(0);
  for (const [row, id] of ids.entries()) {
    if (id < 0 || id >= numSegments) continue;
    for (let i = 0; i < width; i++) to[id * width + i] = (to[id * width + i] ?? 0) + (from[row * width + i] ?? 0);
  }
  return y;
};
