import { ZooError } from '@zoo/core';
import { blank, type Image } from '../image.ts';
import type { Transform } from '../transform.ts';

/** A picture's mirror image, left for right. */
export function flipped(image: Image): Image {
  const { height, width, channels } = image;
  const mirror = blank(image, height, width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const source = (y * width + x) * channels;
      const target = (y * width + width - 1 - x) * channels;
      for (let c = 0; c < channels; c++) mirror.pixels[target + c] = image.pixels[source + c] ?? 0;
    }
  }
  return mirror;
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
