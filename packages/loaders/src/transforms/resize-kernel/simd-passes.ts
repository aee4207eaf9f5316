import { isOfClass } from '@zoo/core';
import { growTo, kernelModule } from '../../kernel-module.ts';
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

/** Where things lie in the kernel's memory, one after the other. */
function layout(sizes: readonly number[]): { places: number[]; end: number } {
  let end = 0;
  const places = sizes.map((bytes) => {
    const place = end;
    end += Math.ceil(bytes / 16) * 16;
    return place;
  });
  return { places, end };
}

/** The kernel reads and writes a few bytes behind the pixels: four pixels of three floats at most. */
const slack = 48;
const bytesPerPixel = 12;

const bytesOf = ({ starts, counts, weights }: Windows): number[] => [
  starts.byteLength,
  counts.byteLength,
  weights.byteLength,
];

function place(memory: ArrayBuffer, { starts, counts, weights }: Windows, [a = 0, b = 0, c = 0]: readonly number[]) {
  new Int32Array(memory, a, starts.length).set(starts);
  new Int32Array(memory, b, counts.length).set(counts);
  new Float32Array(memory, c, weights.length).set(weights);
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
  const { places, end } = layout([
    ...bytesOf(columns),
    ...bytesOf(rows),
    linearBytes,
    Math.min(stripRows, fours(endRow - firstRow)) * rowBytes + slack,
    fours(endRow - firstRow) * betweenRowBytes + slack,
    outputLength * 4 + slack,
  ]);
  if (end > maxBytes) return undefined;
  const kernel = resizeKernel();
  if (!kernel || !growTo(kernel, end)) return undefined;
  const { buffer } = kernel.memory;
  const [starts = 0, counts = 0, weights = 0, rowStarts = 0, rowCounts = 0, rowWeights = 0] = places;
  const [numbers = 0, strip = 0, between = 0, output = 0] = places.slice(6);
  place(buffer, columns, [starts, counts, weights]);
  place(buffer, rows, [rowStarts, rowCounts, rowWeights]);
  new Float64Array(buffer, numbers, 6).set(linearNumbers(linear));
  const columnWindows = [starts, counts, weights, columns.size];
  for (let row = firstRow; row < endRow; row += stripRows) {
    const last = Math.min(row + stripRows, endRow);
    new Uint8Array(buffer, strip).set(pixels.subarray(row * rowBytes, last * rowBytes));
    const target = between + (row - firstRow) * betweenRowBytes;
    kernel.call('resizeColumns', strip, last - row, width, count, ...columnWindows, target, betweenRowBytes, reverse);
  }
  const rowWindows = [rowStarts, rowCounts, rowWeights, rows.size];
  kernel.call(
    'resizeRows',
    between,
    betweenRowBytes,
    count,
    firstRow,
    rows.starts.length,
    ...rowWindows,
    numbers,
    output,
  );
  const result = new Float32Array(buffer, output, outputLength);
  if (into?.length !== outputLength) return result.slice();
  into.set(result);
  return into;
}
