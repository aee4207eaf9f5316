import { ZooError } from '@zoo/core';
import { type Image, sizeOf } from '../image.ts';

/** @throws ZooError `data` for a picture that is neither grey nor RGB. */
export function requireGreyOrRgb(where: string, image: Image): void {
  if (image.channels === 1 || image.channels === 3) return;
  throw new ZooError('data', `${where}: the picture is ${sizeOf(image)}, expected 1 or 3 channels.`);
}

/** The luminance of each pixel, `[height · width]`: `0.2989·R + 0.587·G + 0.114·B` (torchvision, `_rgb_to_grayscale_image`). */
export function luminance({ pixels, height, width, channels }: Image): Float32Array {
  if (channels === 1) return Float32Array.from(pixels);
  return Float32Array.from({ length: height * width }, (_, pixel) => {
    const red = pixel * 3;
    return 0.2989 * (pixels[red] ?? 0) + 0.587 * (pixels[red + 1] ?? 0) + 0.114 * (pixels[red + 2] ?? 0);
  });
}
