import { ZooError } from '@zoo/core';
import { type Image, requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';
import { lazyImage, type PartOptions } from './lazy-image.ts';
import { plainPasses } from './resize-kernel/plain-passes.ts';
import { simdPasses } from './resize-kernel/simd-passes.ts';
import { mirrored, type Range, windows } from './resize-kernel/windows.ts';

/** Some rows and columns of `image` at another size, with the numbers that they have in the whole. */
function scaledPart(image: Image, rows: Range, columns: Range, how: PartOptions): Image {
  const size = { height: rows.count, width: columns.count, channels: image.channels };
  if (rows.count === 0 || columns.count === 0) return { ...size, pixels: new Float32Array(0) };
  const vertical = windows(image.height, rows);
  const horizontal = windows(image.width, columns);
  const resizing = {
    image,
    columns: how.mirrored ? mirrored(horizontal) : horizontal,
    rows: vertical,
    firstRow: vertical.starts[0] ?? 0,
    endRow: (vertical.starts[rows.count - 1] ?? 0) + (vertical.counts[rows.count - 1] ?? 0),
    linear: how.linear,
  };
  return { ...size, pixels: simdPasses(resizing, how.into) ?? plainPasses(resizing) };
}

/**
 * `image` at another size. Antialiased bilinear, in floats, computed when it is asked for: what `resize` and
 * `resizeShorterSide` share.
 */
export function resized(image: Image, height: number, width: number): Image {
  if (image.height === height && image.width === width) return image;
  if (image.height === 0 || image.width === 0)
    throw new ZooError('data', `resize: the picture is empty, ${image.height}x${image.width}.`);
  return lazyImage(height, width, image.channels, (top, left, rows, columns, how) =>
    scaledPart(image, { to: height, first: top, count: rows }, { to: width, first: left, count: columns }, how),
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
