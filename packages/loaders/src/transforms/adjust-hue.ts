import type { Image } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import { requireGreyOrRgb } from './luminance.ts';

/** A hue from 0 to 1 (red, green, blue at 0, 1/3, 2/3) of a colour whose channels are not all equal. */
function hueOf(red: number, green: number, blue: number, highest: number, range: number): number {
  const [fromRed, fromGreen, fromBlue] = [highest - red, highest - green, highest - blue].map((one) => one / range);
  if (highest === red) return ((fromBlue ?? 0) - (fromGreen ?? 0)) / 6;
  if (highest === green) return (2 + (fromRed ?? 0) - (fromBlue ?? 0)) / 6;
  return (4 + (fromGreen ?? 0) - (fromRed ?? 0)) / 6;
}

/** A channel of the colour of this hue whose channels lie between `lowest` and `highest`; `offset` is 5, 3, 1 for red, green, blue. */
function channelOf(hue: number, offset: number, lowest: number, highest: number): number {
  const place = (offset + 6 * hue) % 6;
  return highest - (highest - lowest) * Math.max(0, Math.min(place, 4 - place, 1));
}

/**
 * Turns every colour around the colour wheel: 0.5 is the opposite colour, 1/3 makes red green. Lightest and darkest channel of a pixel
 * keep their values. A grey picture stays as it is. As torchvision's `adjust_hue` does to floats (through HSV).
 *
 * @param turn Share of a whole turn, −0.5 to 0.5.
 * @throws ZooError `usage` for another turn, `data` for a picture that is neither grey nor RGB.
 */
export function adjustHue(image: Image, turn: number): Image {
  requireNumber('adjustHue', 'turn', turn, -0.5, 0.5);
  requireGreyOrRgb('adjustHue', image);
  if (image.channels === 1) return image;
  const { height, width, channels } = image;
  const pixels = Float32Array.from(image.pixels);
  for (let index = 0; index < pixels.length; index += 3) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(index, index + 3);
    const [lowest, highest] = [Math.min(red, green, blue), Math.max(red, green, blue)];
    if (lowest === highest) continue;
    const hue = hueOf(red, green, blue, highest, highest - lowest) + turn + 1;
    pixels[index] = channelOf(hue, 5, lowest, highest);
    pixels[index + 1] = channelOf(hue, 3, lowest, highest);
    pixels[index + 2] = channelOf(hue, 1, lowest, highest);
  }
  return { pixels, height, width, channels };
}
