import { ZooError } from '@zoo/core';
import type { Image } from '../image.ts';
import type { Transform } from '../transform.ts';
import { computerOf, lazyImage } from './lazy-image.ts';

/** Mirrors a picture that is nobody else's, in its place. */
function mirror(image: Image): Image {
  const { pixels, height, width, channels } = image;
  for (let y = 0; y < height; y++) {
    let left = y * width * channels;
    for (let right = left + (width - 1) * channels; left < right; right -= 2 * channels)
      for (let c = 0; c < channels; c++, left++, right++) {
        const value = pixels[left] ?? 0;
        pixels[left] = pixels[right] ?? 0;
        pixels[right] = value;
      }
  }
  return image;
}

/** A picture's mirror image, left for right. */
export function flipped(image: Image): Image {
  const { height, width, channels } = image;
  const compute = computerOf(image);
  if (!compute) return mirror({ pixels: image.pixels.slice(), height, width, channels });
  return lazyImage(height, width, channels, (top, left, rows, columns, into) =>
    mirror(compute(top, width - left - columns, rows, columns, into)),
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
