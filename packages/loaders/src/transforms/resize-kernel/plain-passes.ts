import type { Image } from '../../image.ts';
import { type Linear, scaled } from '../linear.ts';
import type { Windows } from './windows.ts';

const { fround } = Math;

/** Part of an image that is scaled, row by row and then column by column, and each pixel of it changed last. */
export interface Resizing {
  image: Image;
  columns: Windows;
  rows: Windows;
  /** The rows of the image that count. */
  firstRow: number;
  endRow: number;
  linear?: Linear | undefined;
}

/** Scales rows along their length. Each product and each sum is rounded to a float, as SIMD does it. */
function resizeColumns({ image, columns, firstRow, endRow }: Resizing): Float32Array<ArrayBuffer> {
  const { pixels, width, channels } = image;
  const { starts, counts, weights, size } = columns;
  const output = new Float32Array((endRow - firstRow) * starts.length * channels);
  let place = 0;
  for (let y = firstRow; y < endRow; y++) {
    for (let x = 0; x < starts.length; x++) {
      const start = (y * width + (starts[x] ?? 0)) * channels;
      const [first, end] = [x * size, x * size + (counts[x] ?? 0)];
      for (let c = 0; c < channels; c++, place++) {
        let sum = 0;
        for (let j = first, source = start + c; j < end; j++, source += channels)
          sum = fround(sum + fround((weights[j] ?? 0) * (pixels[source] ?? 0)));
        output[place] = sum;
      }
    }
  }
  return output;
}

/** Sums whole rows, as they lie in memory. */
function resizeRows(pixels: Float32Array, rowFloats: number, { rows, firstRow }: Resizing): Float32Array<ArrayBuffer> {
  const { starts, counts, weights, size } = rows;
  const output = new Float32Array(starts.length * rowFloats);
  for (let y = 0; y < starts.length; y++) {
    const target = output.subarray(y * rowFloats, (y + 1) * rowFloats);
    for (let j = 0; j < (counts[y] ?? 0); j++) {
      const weight = weights[y * size + j] ?? 0;
      const source = ((starts[y] ?? 0) - firstRow + j) * rowFloats;
      for (let k = 0; k < rowFloats; k++) target[k] = (target[k] ?? 0) + fround(weight * (pixels[source + k] ?? 0));
    }
  }
  return output;
}

/** Both passes, for any number of channels and for floats, and where there is no SIMD. */
export function plainPasses(resizing: Resizing): Float32Array {
  const { image, columns, linear } = resizing;
  const pixels = resizeRows(resizeColumns(resizing), columns.starts.length * image.channels, resizing);
  return linear ? scaled(pixels, linear, true) : pixels;
}
