import { ZooError } from '@zoo/core';
import { requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';
import { crop, requireSize } from './crop.ts';

export interface RandomCropOptions {
  /** Black pixels added on each side first: fewer than the crop has on its shorter side, so that each crop shows something of the picture. Default 0. */
  padding?: number;
}

/**
 * A part of that size at a uniformly random position.
 * `randomCrop(32, 32, { padding: 4 })` is the usual shift of CIFAR-10.
 *
 * @throws ZooError `usage` for a size below 1, and for a padding as large as the crop. The transform throws `data` when the padded picture is smaller.
 */
export function randomCrop(height: number, width: number, { padding = 0 }: RandomCropOptions = {}): Transform {
  requireWhole('randomCrop', 'height', height, 1);
  requireWhole('randomCrop', 'width', width, 1);
  requireWhole('randomCrop', 'padding', padding, 0);
  if (padding >= Math.min(height, width))
    throw new ZooError(
      'usage',
      `randomCrop: padding is ${padding}, expected less than the sides of the crop, ${height}x${width}: with more, it may lie in the black padding alone.`,
    );
  return (image, random) => {
    const [rows, columns] = [image.height + 2 * padding, image.width + 2 * padding];
    requireSize('randomCrop', [rows, columns], height, width);
    const top = random.integer(rows - height + 1);
    const left = random.integer(columns - width + 1);
    return crop(image, top - padding, left - padding, height, width);
  };
}
