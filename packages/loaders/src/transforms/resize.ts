import { ZooError } from '@zoo/core';
import { type Image, requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';
import { lazyImage } from './lazy-image.ts';

/** For each output place: where its window begins, how many pixels have weight in it, and their weights, with room for `size` a place. */
interface Windows {
  starts: Int32Array;
  counts: Int32Array;
  weights: Float32Array;
  size: number;
}

/** Places of a scaled image, along one side: `count` of `to`, from `first` on. */
interface Range {
  to: number;
  first: number;
  count: number;
}

/**
 * Windows of a triangle filter whose width grows with the scale, so that every input pixel counts when shrinking:
 * output `i` is centred on `s·(i + ½)`, weighs `max(0, 1 − |j + ½ − s·(i + ½)| / max(s, 1))`, sums to 1; `s = in / out`.
 */
function windows(from: number, { to, first, count }: Range): Windows {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const size = Math.min(from, Math.ceil(support) * 2 + 1);
  const starts = new Int32Array(count);
  const counts = new Int32Array(count);
  const weights = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    const centre = scale * (first + i + 0.5);
    const weight = (j: number) => Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support);
    let start = Math.max(0, Math.trunc(centre - support + 0.5));
    let end = Math.min(from, Math.trunc(centre + support + 0.5));
    // Rounding leaves pixels at the ends without weight, two of five for a photo of 500 pixels that comes down to 341.
    while (weight(start) === 0) start++;
    while (weight(end - 1) === 0) end--;
    let sum = 0;
    for (let j = start; j < end; j++) sum += weight(j);
    starts[i] = start;
    counts[i] = end - start;
    for (let j = start; j < end; j++) weights[i * size + j - start] = weight(j) / sum;
  }
  return { starts, counts, weights, size };
}

/** Scales rows `firstRow` to `endRow`, all columns of it that `range` names. */
function resizeColumns(
  { pixels, width, channels }: Image,
  firstRow: number,
  endRow: number,
  range: Range,
): Float32Array<ArrayBuffer> {
  const { starts, counts, weights, size } = windows(width, range);
  const output = new Float32Array((endRow - firstRow) * range.count * channels);
  let place = 0;
  for (let y = firstRow; y < endRow; y++) {
    for (let x = 0; x < range.count; x++) {
      const start = (y * width + (starts[x] ?? 0)) * channels;
      const [first, end] = [x * size, x * size + (counts[x] ?? 0)];
      for (let c = 0; c < channels; c++, place++) {
        let sum = 0;
        for (let j = first, source = start + c; j < end; j++, source += channels)
          sum += (weights[j] ?? 0) * (pixels[source] ?? 0);
        output[place] = sum;
      }
    }
  }
  return output;
}

/** Sums whole rows, as they lie in memory. `firstRow` is the row with which `pixels` begins. */
function resizeRow(pixels: Image['pixels'], row: number, firstRow: number, window: Windows): Float32Array {
  const { starts, counts, weights, size } = window;
  const output = new Float32Array(starts.length * row);
  for (let y = 0; y < starts.length; y++) {
    const target = output.subarray(y * row, (y + 1) * row);
    for (let j = 0; j < (counts[y] ?? 0); j++) {
      const weight = weights[y * size + j] ?? 0;
      const source = ((starts[y] ?? 0) - firstRow + j) * row;
      for (let k = 0; k < row; k++) target[k] = (target[k] ?? 0) + weight * (pixels[source + k] ?? 0);
    }
  }
  return output;
}

/** Some rows and columns of `image` at another size, with the numbers that they have in the whole. */
function scaledPart(image: Image, rows: Range, columns: Range): Image {
  const size = { height: rows.count, width: columns.count, channels: image.channels };
  if (rows.count === 0 || columns.count === 0) return { ...size, pixels: new Float32Array(0) };
  const vertical = windows(image.height, rows);
  const firstRow = vertical.starts[0] ?? 0;
  const endRow = (vertical.starts[rows.count - 1] ?? 0) + (vertical.counts[rows.count - 1] ?? 0);
  const pixels = resizeColumns(image, firstRow, endRow, columns);
  return { ...size, pixels: resizeRow(pixels, columns.count * image.channels, firstRow, vertical) };
}

/**
 * `image` at another size. Antialiased bilinear, in floats, computed when it is asked for: what `resize` and
 * `resizeShorterSide` share.
 */
export function resized(image: Image, height: number, width: number): Image {
  if (image.height === height && image.width === width) return image;
  if (image.height === 0 || image.width === 0)
    throw new ZooError('data', `resize: the picture is empty, ${image.height}x${image.width}.`);
  return lazyImage(height, width, image.channels, (top, left, rows, columns) =>
    scaledPart(image, { to: height, first: top, count: rows }, { to: width, first: left, count: columns }),
  );
}

/**
 * Scales to a size, whatever the proportions. Bilinear, antialiased when shrinking, as torchvision's `Resize` does
 * by default on float tensors (aten `_upsample_bilinear2d_aa`); not rounded to bytes in between.
 *
 * @throws ZooError `usage` for a size below 1.
 */
export function resize(height: number, width: number): Transform {
  requireWhole('resize', 'height', height, 1);
  requireWhole('resize', 'width', width, 1);
  return (image) => resized(image, height, width);
}
