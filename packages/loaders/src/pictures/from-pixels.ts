import { ZooError } from '@zoo/core';
import type { Picture } from '../image.ts';
import type { PixelData } from './picture-source.ts';

/** The colours of RGBA pixels; opacity is dropped. @throws ZooError `data` unless there are four bytes a pixel. */
export function pictureFromPixels({ data, width, height }: PixelData): Picture {
  const count = width * height;
  if (data.length !== 4 * count)
    throw new ZooError(
      'data',
      `pictureOf: ${data.length} bytes for ${width}x${height} pixels, expected ${4 * count}: four a pixel, as ImageData has them.`,
    );
  const pixels = new Uint8Array(3 * count);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    pixels[to] = data[from] ?? 0;
    pixels[to + 1] = data[from + 1] ?? 0;
    pixels[to + 2] = data[from + 2] ?? 0;
  }
  return { pixels, height, width, channels: 3 };
}
