import { ZooError } from '@zoo/core';
import type { Image } from '../image.ts';
import type { Transform } from '../transform.ts';
import { computerOf, lazyImage } from './lazy-image.ts';
import { mirror } from './mirror.ts';

/** A picture's mirror image, left for right. */
export function flipped(image: Image): Image {
  const { height, width, channels } = image;
  const compute = computerOf(image);
  if (!compute) return mirror({ pixels: image.pixels.slice(), height, width, channels });
  return lazyImage(height, width, channels, (top, left, rows, columns, how) =>
    compute(top, width - left - columns, rows, columns, { ...how, mirrored: !how.mirrored }),
  );
}

/**
 * Swaps left and right in a share of the pictures.
 *
 * @param probability Default one half.
 * @throws ZooError `usage` for a probability outside 0 to 1.
 */
export function horizontalFlip(probability = 0.5): Transform {
  if (!(probability >= 0 && probability <= 1)) {
    throw new ZooError('usage', `horizontalFlip: probability is ${probability}, expected 0 to 1.`);
  }
  return (image, random) => (random.uniform() < probability ? flipped(image) : image);
}
