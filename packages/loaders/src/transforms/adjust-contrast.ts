import type { Image } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import { clamped } from './clamped.ts';
import { luminance, requireGreyOrRgb } from './luminance.ts';

/**
 * `factor · pixel + (1 − factor) · mean`, where `mean` is that of the picture's luminance: 0 is an even grey, 1 the picture itself.
 * As torchvision's `adjust_contrast` does to floats.
 *
 * @throws ZooError `usage` for a factor below 0, `data` for a picture that is neither grey nor RGB.
 */
export function adjustContrast(image: Image, factor: number): Image {
  requireNumber('adjustContrast', 'factor', factor, 0);
  requireGreyOrRgb('adjustContrast', image);
  const greys = luminance(image);
  const mean = greys.reduce((sum, grey) => sum + grey, 0) / Math.max(1, greys.length);
  return clamped(image, (value) => factor * value + (1 - factor) * mean);
}
