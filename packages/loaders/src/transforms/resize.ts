import { ZooError } from '@zoo/core';
import { type Image, requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';

/** For each output place: where its window begins, how many pixels have weight in it, and their weights, with room for `size` a place. */
interface Windows {
  starts: Int32Array;
  counts: Int32Array;
  weights: Float32Array;
  size: number;
}

/**
 * Windows of a triangle filter whose width grows with the scale, so that every input pixel counts when shrinking:
 * output `i` is centred on `s·(i + ½)`, weighs `max(0, 1 − |j + ½ − s·(i + ½)| / max(s, 1))`, sums to 1; `s = in / out`.
 */
function windows(from: number, to: number): Windows {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const size = Math.min(from, Math.ceil(support) * 2 + 1);
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Float32Array(to * size);
  for (let i = 0; i < to; i++) {
    const centre = scale * (i + 0.5);
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

/** Scales every row to `to` pixels. */
function across({ pixels, height, width, channels }: Image, to: number): Float32Array {
  const { starts, counts, weights, size } = windows(width, to);
  const output = new Float32Array(height * to * channels);
  let place = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < to; x++) {
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

/** Scales every column to `to` pixels: sums whole rows, as they lie in memory. */
function down({ pixels, height, width, channels }: Image, to: number): Float32Array {
  const { starts, counts, weights, size } = windows(height, to);
  const row = width * channels;
  const output = new Float32Array(to * row);
  for (let y = 0; y < to; y++) {
    const target = output.subarray(y * row, (y + 1) * row);
    for (let j = 0; j < (counts[y] ?? 0); j++) {
      const weight = weights[y * size + j] ?? 0;
      const source = ((starts[y] ?? 0) + j) * row;
      for (let k = 0; k < row; k++) target[k] = (target[k] ?? 0) + weight * (pixels[source + k] ?? 0);
    }
  }
  return output;
}

/** `image` at another size. Antialiased bilinear, in floats: what `resize` and `resizeShorterSide` share. */
export function resized(image: Image, height: number, width: number): Image {
  if (image.height === height && image.width === width) return image;
  if (image.height === 0 || image.width === 0)
    throw new ZooError('data', `resize: the picture is empty, ${image.height}x${image.width}.`);
  const scaled = image.width === width ? image : { ...image, width, pixels: across(image, width) };
  return image.height === height ? scaled : { ...scaled, height, pixels: down(scaled, height) };
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
