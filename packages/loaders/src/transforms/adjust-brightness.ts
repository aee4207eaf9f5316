import type { Image } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import { clamped } from './clamped.ts';

/**
 * `factor · pixel`, cut off at 0 and 255: 0 is black, 1 the picture itself. As torchvision's `adjust_brightness` does to floats.
 *
 * @throws ZooError `usage` for a factor below 0.
 */
export function adjustBrightness(image: Image, factor: number): Image {
  requireNumber('adjustBrightness', 'factor', factor, 0);
  return clamped(image, (value) => factor * value);
}
