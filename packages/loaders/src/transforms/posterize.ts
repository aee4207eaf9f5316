import type { Image } from '../image.ts';
import { requireWhole } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import { clamped } from './clamped.ts';

/**
 * Leaves `2^bits` values: `255 · min(⌊pixel/255 · 2^bits⌋, 2^bits − 1) / 2^bits`. As torchvision's `posterize` does to floats.
 *
 * @throws ZooError `usage` unless bits is a whole number from 0 to 8.
 */
export function posterize(image: Image, bits: number): Image {
  requireWhole('posterize', 'bits', bits, 0);
  requireNumber('posterize', 'bits', bits, 0, 8);
  const levels = 2 ** bits;
  return clamped(image, (value) => (255 * Math.min(Math.floor((value / 255) * levels), levels - 1)) / levels);
}
