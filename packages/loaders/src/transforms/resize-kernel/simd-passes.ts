import { isOfClass } from '@zoo/core';
import { growTo, kernelModule, memoryPlaces } from '../../kernel-module.ts';
import type { Linear } from '../linear.ts';
import { base64 } from './generated.ts';
import type { Resizing } from './plain-passes.ts';
import type { Windows } from './windows.ts';

const resizeKernel = kernelModule(base64);

/** A kernel's memory never shrinks: what would need more is computed without it. */
const maxBytes = 32 * 2 ** 20;
/** Rows of the picture that are copied into the kernel's memory at a time. */
const stripBytes = 256 * 1024;

const linearBytes = 6 * 8;

/** The kernel reads and writes a few bytes behind the pixels: four pixels of three floats at most. */
const slack = 48;
const bytesPerPixel = 12;

/** Where starts, counts and weights of windows lie in the kernel's memory. */
const placesOf = ({ starts, counts, weights }: Windows, take: (bytes: number) => number) => ({
  starts: take(starts.byteLength),
  counts: take(counts.byteLength),
  weights: take(weights.byteLength),
});

/** Writes windows to their places. @returns What the kernel is told of them. */
function placed(memory: ArrayBuffer, { starts, counts, weights, size }: Windows, to: ReturnType<typeof placesOf>) {
  new Int32Array(memory, to.starts, starts.length).set(starts);
  new Int32Array(memory, to.counts, counts.length).set(counts);
  new Float32Array(memory, to.weights, weights.length).set(weights);
  return [to.starts, to.counts, to.weights, size];
}

/** Scales and offsets of RGB, as the kernel takes them; without `linear` such as change nothing. */
const linearNumbers = ({ scales, offsets }: Pick<Linear, 'scales' | 'offsets'> = unchanged): number[] => [
  ...scales,
  ...offsets,
];
const unchanged = { scales: [1, 1, 1], offsets: [0, 0, 0] };

/** The least multiple of four. */
const fours = (count: number): number => Math.ceil(count / 4) * 4;

/**
 * Both passes by SIMD, for RGB bytes; the same to the bit as without. Undefined where that cannot be.
 *
 * Reads rows in strips, so that a large picture takes no more memory than a small one.
 *
 * @param into Where to write, instead of a new array.
 */
export function simdPasses(resizing: Resizing, into?: Float32Array): Float32Array | undefined {
  const { image, columns, rows, firstRow, endRow, linear } = resizing;
  const { pixels, width, channels } = image;
  const reverse = linear?.reverse ? 1 : 0;
  if (channels !== 3 || !isOfClass(pixels, 'Uint8Array')) return undefined;
  const count = columns.starts.length;
  // More than its pixels: the kernel computes four rows at a time, and writes a float behind the last pixel of each.
  const betweenRowBytes = (fours(count) + 4) * bytesPerPixel;
  const rowBytes = width * 3;
  const stripRows = fours(Math.max(1, Math.floor(stripBytes / rowBytes)));
  const outputLength = rows.starts.length * count * 3;
  const { take, end } = memoryPlaces();
  const columnPlaces = placesOf(columns, take);
  const rowPlaces = placesOf(rows, take);
  const numbers = take(linearBytes);
  const strip = take(Math.min(stripRows, fours(endRow - firstRow)) * rowBytes + slack);
  const between = take(fours(endRow - firstRow) * betweenRowBytes + slack);
  const output = take(outputLength * 4 + slack);
  if (end() > maxBytes) return undefined;
  const kernel = resizeKernel();
  if (!kernel || !growTo(kernel, end())) return undefined;
  const { buffer } = kernel.memory;
  const columnWindows = placed(buffer, columns, columnPlaces);
  const rowWindows = placed(buffer, rows, rowPlaces);
  new Float64Array(buffer, numbers, 6).set(linearNumbers(linear));
  for (let row = firstRow; row < endRow; row += stripRows) {
    const last = Math.min(row + stripRows, endRow);
    new Uint8Array(buffer, strip).set(pixels.subarray(row * rowBytes, last * rowBytes));
    const target = between + (row - firstRow) * betweenRowBytes;
    kernel.call('resizeColumns', strip, last - row, width, count, ...columnWindows, target, betweenRowBytes, reverse);
  }
  const rowsAndWindows = [firstRow, rows.starts.length, ...rowWindows];
  kernel.call('resizeRows', between, betweenRowBytes, count, ...rowsAndWindows, numbers, output);
  const result = new Float32Array(buffer, output, outputLength);
  if (into?.length !== outputLength) return result.slice();
  into.set(result);
  return into;
}
