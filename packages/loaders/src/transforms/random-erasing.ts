import { type Random, ZooError } from '@zoo/core';
import { type Image, sizeOf } from '../image.ts';
import { requireNumber, requireRange } from '../require-number.ts';
import type { Transform } from '../transform.ts';
import { type Area, type AreaOptions, randomArea } from './random-area.ts';

export interface RandomErasingOptions {
  /** Share of the pictures of which something is erased. Default: 0.5. */
  probability?: number;
  /** Share of the picture's area that is erased. Default: 0.02 to 0.33. */
  scale?: readonly [least: number, most: number];
  /** Height divided by width of what is erased. Default: 0.3 to 3.3. */
  ratio?: readonly [least: number, most: number];
  /** What stands there afterwards, one value or one a channel; `noise` draws every value from N(0, 1). Default: 0, the mean after `normalize`. */
  value?: number | readonly number[] | 'noise';
}

/** A picture with other values in an area: torchvision's `erase`. `fillOf` gives the value of each channel of each pixel, in rows. */
export function erased(image: Image, area: Area, fillOf: (channel: number) => number): Image {
  const { height, width, channels } = image;
  const pixels = Float32Array.from(image.pixels);
  for (let y = area.top; y < area.top + area.height; y++) {
    for (let x = area.left; x < area.left + area.width; x++) {
      const place = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) pixels[place + c] = fillOf(c);
    }
  }
  return { pixels, height, width, channels };
}

const erasedArea = (image: Image, options: AreaOptions, random: Random): Area | undefined =>
  randomArea(
    image,
    options,
    random,
    (pixels, ratio) => ({ height: Math.sqrt(pixels * ratio), width: Math.sqrt(pixels / ratio) }),
    ({ height, width }) => height < image.height && width < image.width,
  );

/**
 * Erases a random rectangle of a share of the pictures (Zhong et al. 2017; torchvision's `RandomErasing`). Comes after `normalize`: then
 * 0 is the mean of all pictures.
 *
 * @throws ZooError `usage` for a probability outside 0 to 1, and for ranges that are none. The transform throws `data` when there are
 *   neither one value nor as many as channels.
 */
export function randomErasing({
  probability = 0.5,
  scale = [0.02, 0.33],
  ratio = [0.3, 3.3],
  value = 0,
}: RandomErasingOptions = {}): Transform {
  requireNumber('randomErasing', 'probability', probability, 0, 1);
  requireRange('randomErasing', 'scale', scale, 0, 1);
  requireRange('randomErasing', 'ratio', ratio, Number.MIN_VALUE);
  return (image, random) => {
    const values = typeof value === 'number' ? new Array<number>(image.channels).fill(value) : value;
    if (values !== 'noise' && values.length !== image.channels)
      throw new ZooError(
        'data',
        `randomErasing: ${values.length} values for a picture of ${sizeOf(image)}, expected 1 or ${image.channels}.`,
      );
    if (random.uniform() >= probability) return image;
    const area = erasedArea(image, { scale, ratio }, random);
    if (!area) return image;
    return erased(image, area, values === 'noise' ? () => random.normal() : (channel) => values[channel] ?? 0);
  };
}
