import type { Image } from '../image.ts';
import { clamped } from './clamped.ts';

/** Stretches each channel from 0 to 255; one of a single value stays as it is. As torchvision's `autocontrast` does to floats. */
export function autoContrast(image: Image): Image {
  const { pixels, channels } = image;
  const lowest = new Array<number>(channels).fill(Number.POSITIVE_INFINITY);
  const highest = new Array<number>(channels).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < pixels.length; index++) {
    const [channel, value] = [index % channels, pixels[index] ?? 0];
    lowest[channel] = Math.min(lowest[channel] ?? value, value);
    highest[channel] = Math.max(highest[channel] ?? value, value);
  }
  return clamped(image, (value, index) => {
    const [low = 0, high = 0] = [lowest[index % channels], highest[index % channels]];
    return low === high ? value : (255 * (value - low)) / (high - low);
  });
}
