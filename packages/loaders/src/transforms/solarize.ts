import type { Image } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import { clamped } from './clamped.ts';

/**
 * Inverts all values from `threshold` on: `255 − pixel`. As torchvision's `solarize`.
 *
 * @param threshold 0 to 255.
 * @throws ZooError `usage` for another threshold.
 */
export function solarize(image: Image, threshold: number): Image {
  requireNumber('solarize', 'threshold', threshold, 0, 255);
  return clamped(image, (value) => (value >= threshold ? 255 - value : value));
}
