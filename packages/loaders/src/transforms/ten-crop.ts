import { type Image, requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';
import { centred } from './center-crop.ts';
import { crop, requireSize } from './crop.ts';
import { flipped } from './horizontal-flip.ts';

/**
 * The ten views over which AlexNet averages its predictions (Krizhevsky et al. 2012, section 4.1), one transform a
 * view: the corners (top left, top right, bottom left, bottom right) and the middle, then their mirror images, in the
 * order of torchvision's `TenCrop`.
 *
 * @throws ZooError `usage` for a size below 1. The transforms throw `data` when the picture is smaller.
 */
export function tenCrop(height: number, width: number): readonly Transform[] {
  requireWhole('tenCrop', 'height', height, 1);
  requireWhole('tenCrop', 'width', width, 1);
  const offsets: readonly ((image: Image) => [top: number, left: number])[] = [
    () => [0, 0],
    (image) => [0, image.width - width],
    (image) => [image.height - height, 0],
    (image) => [image.height - height, image.width - width],
    (image) => [centred(image.height, height), centred(image.width, width)],
  ];
  const view =
    (place: (image: Image) => [top: number, left: number], mirrored: boolean): Transform =>
    (image) => {
      requireSize('tenCrop', [image.height, image.width], height, width);
      const [top, left] = place(image);
      // torchvision mirrors the picture and then cuts: its mirrored top left is the mirror image of the top right.
      return mirrored
        ? flipped(crop(image, top, image.width - left - width, height, width))
        : crop(image, top, left, height, width);
    };
  return [...offsets.map((place) => view(place, false)), ...offsets.map((place) => view(place, true))];
}
