import type { Image } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import { clamped } from './clamped.ts';

/**
 * `factor · pixel + (1 − factor) · blurred`: 0 is blurred, 1 the picture itself, 2 sharpened. Blurred is the mean of a pixel and its eight
 * neighbours in which the pixel counts five times; pixels at the edge stay as they are. As torchvision's `adjust_sharpness` does to floats.
 *
 * @throws ZooError `usage` for a factor below 0.
 */
export function adjustSharpness(image: Image, factor: number): Image {
  requireNumber('adjustSharpness', 'factor', factor, 0);
  const { pixels, height, width, channels } = image;
  if (height <= 2 || width <= 2) return image;
  const row = width * channels;
  const blurredAt = (index: number): number => {
    let sum = 4 * (pixels[index] ?? 0);
    for (const above of [-row, 0, row])
      for (const beside of [-channels, 0, channels]) sum += pixels[index + above + beside] ?? 0;
    return sum / 13;
  };
  return clamped(image, (value, index) => {
    const [y, x] = [Math.floor(index / row), Math.floor((index % row) / channels)];
    if (y === 0 || x === 0 || y === height - 1 || x === width - 1) return value;
    return factor * value + (1 - factor) * blurredAt(index);
  });
}
