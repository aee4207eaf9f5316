import { ZooError } from '@zoo/core';
import { type Image, requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';

/** For each output place: where its window begins, and the window's weights, `size` of them a place. */
interface Windows {
  starts: Int32Array;
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
  const weights = new Float32Array(to * size);
  for (let i = 0; i < to; i++) {
    const centre = scale * (i + 0.5);
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    const weight = (j: number) => Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support);
    let sum = 0;
    for (let j = start; j < end; j++) sum += weight(j);
    // Windows are all `size` long: one at the far edge begins earlier, with weights of 0 there.
    const first = Math.min(start, from - size);
    starts[i] = first;
    for (let j = start; j < end; j++) weights[i * size + j - first] = weight(j) / sum;
  }
  return { starts, weights, size };
}

/**
 * One pass along one axis: `rows` lines of `from` places, `step` values a place, become lines of `to` places.
 * Across, a line is a row of the picture and a place a pixel; down, the picture is one line and a place a row.
 */
function pass(pixels: Image['pixels'], rows: number, from: number, to: number, step: number): Float32Array {
  const { starts, weights, size } = windows(from, to);
  const output = new Float32Array(rows * to * step);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < to; i++) {
      const target = (row * to + i) * step;
      const start = (row * from + (starts[i] ?? 0)) * step;
      for (let j = 0; j < size; j++) {
        const weight = weights[i * size + j] ?? 0;
        if (weight === 0) continue;
        const source = start + j * step;
        for (let k = 0; k < step; k++)
          output[target + k] = (output[target + k] ?? 0) + weight * (pixels[source + k] ?? 0);
      }
    }
  }
  return output;
}

/** `image` at another size. Antialiased bilinear, in floats: what `resize` and `resizeShorterSide` share. */
export function resized(image: Image, height: number, width: number): Image {
  if (image.height === height && image.width === width) return image;
  if (image.height === 0 || image.width === 0)
    throw new ZooError('data', `resize: the picture is empty, ${image.height}x${image.width}.`);
  const across =
    image.width === width ? image.pixels : pass(image.pixels, image.height, image.width, width, image.channels);
  const pixels = image.height === height ? across : pass(across, 1, image.height, height, width * image.channels);
  return { pixels, height, width, channels: image.channels };
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
