import { requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';
import { crop, requireSize } from './crop.ts';

/** Python's `round`: halves go to the even neighbour, and torchvision's crops with them. */
const roundHalfToEven = (value: number): number => {
  const down = Math.floor(value);
  return value - down === 0.5 ? down + (down % 2) : Math.round(value);
};

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
