import { type Random, ZooError } from '@zoo/core';
import { type Image, requireWhole } from '../image.ts';
import { requireRange } from '../require-number.ts';
import { roundHalfToEven } from '../round-half-to-even.ts';
import type { Transform } from '../transform.ts';
import { crop } from './crop.ts';
import { type Area, type AreaOptions, randomArea } from './random-area.ts';
import { resized } from './resize.ts';

export interface RandomResizedCropOptions {
  /** Share of the picture's area that is cut out. Default: 0.08 to 1. */
  scale?: readonly [least: number, most: number];
  /** Width divided by height of what is cut out. Default: 3/4 to 4/3. */
  ratio?: readonly [least: number, most: number];
}

/** An area of a picture, at another size: torchvision's `resized_crop`, antialiased. */
export const resizedCrop = (image: Image, area: Area, height: number, width: number): Image =>
  resized(crop(image, area.top, area.left, area.height, area.width), height, width);

/** Of a square whose sides round to a pixel. */
const leastArea = 1 / 4;

/** The largest area in the middle whose proportions are allowed, at least a pixel. */
function middle({ height, width }: Image, [least, most]: AreaOptions['ratio']): Area {
  const proportions = width / height;
  const area = {
    height: proportions < least ? Math.max(1, roundHalfToEven(width / least)) : height,
    width: proportions > most ? Math.max(1, roundHalfToEven(height * most)) : width,
  };
  return { top: (height - area.height) >> 1, left: (width - area.width) >> 1, ...area };
}

/** The area that `randomResizedCrop` cuts out. */
export function randomCropArea(image: Image, options: AreaOptions, random: Random): Area {
  const sides = (pixels: number, ratio: number) => ({
    height: Math.sqrt(pixels / ratio),
    width: Math.sqrt(pixels * ratio),
  });
  const fits = ({ height, width }: { height: number; width: number }) =>
    height > 0 && width > 0 && height <= image.height && width <= image.width;
  return randomArea(image, options, random, sides, fits) ?? middle(image, options.ratio);
}

/**
 * A part of random size and proportions, scaled to one size (Szegedy et al. 2014, section 6; torchvision's `RandomResizedCrop`, with
 * which it trains AlexNet). Comes first, in place of a scaling: what it cuts is a part of the whole picture.
 *
 * @throws ZooError `usage` for a size below 1, and for ranges that are none. The transform throws `data` for an empty picture, and for
 *   one that is so small that no part of it has a pixel.
 */
export function randomResizedCrop(
  height: number,
  width: number,
  { scale = [0.08, 1], ratio = [3 / 4, 4 / 3] }: RandomResizedCropOptions = {},
): Transform {
  requireWhole('randomResizedCrop', 'height', height, 1);
  requireWhole('randomResizedCrop', 'width', width, 1);
  requireRange('randomResizedCrop', 'scale', scale, 0, 1);
  requireRange('randomResizedCrop', 'ratio', ratio, Number.MIN_VALUE);
  return (image, random) => {
    if (image.height === 0 || image.width === 0)
      throw new ZooError('data', `randomResizedCrop: the picture is empty, ${image.height}x${image.width}.`);
    // In place of a part without a pixel, all of the picture would be taken.
    if (scale[1] * image.height * image.width < leastArea)
      throw new ZooError(
        'data',
        `randomResizedCrop: at most ${scale[1]} of a picture of ${image.height}x${image.width} is no pixel, expected one; use a larger scale.`,
      );
    return resizedCrop(image, randomCropArea(image, { scale, ratio }, random), height, width);
  };
}
