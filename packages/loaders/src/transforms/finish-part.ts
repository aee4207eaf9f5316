import type { Image } from '../image.ts';
import type { PartOptions } from './lazy-image.ts';
import { scaled } from './linear.ts';
import { mirror } from './mirror.ts';

/** A part of an image that was computed without what else is wanted of it. Its pixels may be changed. */
export function finished(part: Image, { mirrored, linear }: Pick<PartOptions, 'mirrored' | 'linear'>): Image {
  const image = mirrored ? mirror(part) : part;
  if (!linear) return image;
  const { pixels, height, width, channels } = image;
  return { pixels: scaled(pixels, linear, true), height, width, channels };
}
