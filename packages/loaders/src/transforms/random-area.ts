import type { Random } from '@zoo/core';
import { roundHalfToEven } from '../round-half-to-even.ts';

/** A rectangle within a picture, in pixels. */
export interface Area {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** How large an area is, as a share of its picture, and its proportions. */
export interface AreaOptions {
  scale: readonly [least: number, most: number];
  ratio: readonly [least: number, most: number];
}

/** Pairs of a size and proportions that are tried before one gives up, as in torchvision. */
const tries = 10;

/**
 * An area of a uniformly random size and proportions (uniform in their logarithm), at a uniformly random place; undefined if ten of
 * them did not fit.
 *
 * @param sides Its sides for an area in pixels and proportions: torchvision's transforms mean width : height or height : width.
 */
export function randomArea(
  { height, width }: { height: number; width: number },
  { scale, ratio }: AreaOptions,
  random: Random,
  sides: (pixels: number, proportions: number) => { height: number; width: number },
  fits: (area: { height: number; width: number }) => boolean,
): Area | undefined {
  const [least, most] = [Math.log(ratio[0]), Math.log(ratio[1])];
  for (let attempt = 0; attempt < tries; attempt++) {
    const pixels = height * width * (scale[0] + random.uniform() * (scale[1] - scale[0]));
    const exact = sides(pixels, Math.exp(least + random.uniform() * (most - least)));
    const area = { height: roundHalfToEven(exact.height), width: roundHalfToEven(exact.width) };
    if (!fits(area)) continue;
    const top = random.integer(height - area.height + 1);
    return { top, left: random.integer(width - area.width + 1), ...area };
  }
  return undefined;
}
