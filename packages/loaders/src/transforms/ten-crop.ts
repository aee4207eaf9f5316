import { type Image, requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';
import { centred } from './center-crop.ts';
import { crop, requireSize } from './crop.ts';
import { flipped } from './horizontal-flip.ts';

type Place = (image: Image) => [top: number, left: number];

/** The corners (top left, top right, bottom left, bottom right) and the middle. */
const places = (height: number, width: number): readonly Place[] => [
  () => [0, 0],
  (image) => [0, image.width - width],
  (image) => [image.height - height, 0],
  (image) => [image.height - height, image.width - width],
  (image) => [centred(image.height, height), centred(image.width, width)],
];

function views(where: string, height: number, width: number, mirrored: boolean): Transform[] {
  requireWhole(where, 'height', height, 1);
  requireWhole(where, 'width', width, 1);
  return places(height, width).map((place) => (image) => {
    requireSize(where, [image.height, image.width], height, width);
    const [top, left] = place(image);
    // torchvision mirrors the picture and then cuts: its mirrored top left is the mirror image of the top right.
    return mirrored
      ? flipped(crop(image, top, image.width - left - width, height, width))
      : crop(image, top, left, height, width);
  });
}

/**
 * Five views, one transform a view: the corners (top left, top right, bottom left, bottom right) and the middle, in the order of
 * torchvision's `FiveCrop`.
 *
 * @throws ZooError `usage` for a size below 1. The transforms throw `data` when the picture is smaller.
 */
export const fiveCrop = (height: number, width: number): readonly Transform[] =>
  views('fiveCrop', height, width, false);

/**
 * The ten views over which AlexNet averages its predictions (Krizhevsky et al. 2012, section 4.1), one transform a
 * view: those of `fiveCrop`, then their mirror images, in the order of torchvision's `TenCrop`.
 *
 * @throws ZooError `usage` for a size below 1. The transforms throw `data` when the picture is smaller.
 */
export const tenCrop = (height: number, width: number): readonly Transform[] => [
  ...views('tenCrop', height, width, false),
  ...views('tenCrop', height, width, true),
];
