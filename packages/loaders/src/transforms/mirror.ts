import type { Image } from '../image.ts';

/** Mirrors a picture that is nobody else's, in its place. */
export function mirror(image: Image): Image {
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
