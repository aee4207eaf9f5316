import { ZooError } from '@zoo/core';
import { blank, type Image } from '../image.ts';
import { finished } from './finish-part.ts';
import { computerOf, lazyImage } from './lazy-image.ts';

/** The part of a picture that begins at `top`, `left`. What lies outside the picture is black. */
export function crop(image: Image, top: number, left: number, height: number, width: number): Image {
  const compute = computerOf(image);
  if (!compute) return cut(image, top, left, height, width);
  return lazyImage(height, width, image.channels, (y, x, rows, columns, how) => {
    const [first, last] = [Math.max(top + y, 0), Math.min(top + y + rows, image.height)];
    const [from, to] = [Math.max(left + x, 0), Math.min(left + x + columns, image.width)];
    if (last - first === rows && to - from === columns) return compute(first, from, rows, columns, how);
    const inside = compute(first, from, Math.max(0, last - first), Math.max(0, to - from), {});
    return finished(cut(inside, top + y - first, left + x - from, rows, columns), how);
  });
}

function cut(image: Image, top: number, left: number, height: number, width: number): Image {
  const part = blank(image, height, width);
  const { channels } = image;
  const [from, to] = [Math.max(left, 0), Math.min(left + width, image.width)];
  for (let y = Math.max(0, -top); y < height && top + y < image.height && from < to; y++) {
    const row = (top + y) * image.width;
    const source = image.pixels.subarray((row + from) * channels, (row + to) * channels);
    part.pixels.set(source, (y * width + from - left) * channels);
  }
  return part;
}

/** @throws ZooError `data` when a crop would be larger than what there is. */
export function requireSize(where: string, available: readonly [number, number], height: number, width: number): void {
  const [rows, columns] = available;
  if (rows >= height && columns >= width) return;
  const sizes = `the picture is ${rows}x${columns}, expected at least ${height}x${width}`;
  throw new ZooError('data', `${where}: ${sizes}; add resizeShorterSide() before it.`);
}
