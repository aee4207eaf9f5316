import type { Image } from '../image.ts';

const bounded = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

/** `image` with other pixels, `pixelAt(value, index)`, in floats and cut off at 0 and 255. */
export function clamped(image: Image, pixelAt: (value: number, index: number) => number): Image {
  const { pixels, height, width, channels } = image;
  const changed = new Float32Array(pixels.length);
  for (let index = 0; index < changed.length; index++) changed[index] = bounded(pixelAt(pixels[index] ?? 0, index));
  return { pixels: changed, height, width, channels };
}
