import { requireWhole } from '../image.ts';
import { roundHalfToEven } from '../round-half-to-even.ts';
import type { Transform } from '../transform.ts';
import { crop, requireSize } from './crop.ts';

/** The first row or column of a centred part. */
export const centred = (whole: number, part: number): number => roundHalfToEven((whole - part) / 2);

/**
 * The middle of a picture: torchvision's `CenterCrop`, to the pixel.
 *
 * @throws ZooError `usage` for a size below 1. The transform throws `data` when the picture is smaller.
 */
export function centerCrop(height: number, width: number): Transform {
  requireWhole('centerCrop', 'height', height, 1);
  requireWhole('centerCrop', 'width', width, 1);
  return (image) => {
    requireSize('centerCrop', [image.height, image.width], height, width);
    return crop(image, centred(image.height, height), centred(image.width, width), height, width);
  };
}
