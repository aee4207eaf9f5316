import type { Image } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import { clamped } from './clamped.ts';
import { luminance, requireGreyOrRgb } from './luminance.ts';

/**
 * `factor · pixel + (1 − factor) · luminance`: 0 is grey, 1 the picture itself. A grey picture stays as it is. As torchvision's
 * `adjust_saturation` does to floats.
 *
 * @throws ZooError `usage` for a factor below 0, `data` for a picture that is neither grey nor RGB.
 */
export function adjustSaturation(image: Image, factor: number): Image {
  requireNumber('adjustSaturation', 'factor', factor, 0);
  requireGreyOrRgb('adjustSaturation', image);
  if (image.channels === 1) return image;
  const greys = luminance(image);
  return clamped(image, (value, index) => factor * value + (1 - factor) * (greys[Math.floor(index / 3)] ?? 0));
}
