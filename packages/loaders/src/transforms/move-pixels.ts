import { blank, type Image } from '../image.ts';
import { roundHalfToEven } from '../round-half-to-even.ts';

/** A point `[x, y]`, in pixels from the middle of the picture. */
type Point = readonly [x: number, y: number];

/**
 * A picture of the same size each of whose pixels is the nearest one to another place of `image`; black outside of it.
 * As torchvision's `affine` and `rotate` with nearest neighbours (`_affine_grid`, `grid_sample` without `align_corners`).
 *
 * @param sourceOf The place from which a pixel comes.
 */
function movePixels(image: Image, sourceOf: (point: Point) => Point): Image {
  const { pixels, height, width, channels } = image;
  const moved = blank(image, height, width);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sourceX, sourceY] = sourceOf([x - middleX, y - middleY]);
      const [column, row] = [roundHalfToEven(sourceX + middleX), roundHalfToEven(sourceY + middleY)];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const [from, to] = [(row * width + column) * channels, (y * width + x) * channels];
      for (let c = 0; c < channels; c++) moved.pixels[to + c] = pixels[from + c] ?? 0;
    }
  }
  return moved;
}

/** Moves each row to the left by `share` of its distance from the top. torchvision's RandAugment, `ShearX`. */
export const shearX = (image: Image, share: number): Image =>
  movePixels(image, ([x, y]) => [x + share * (y + image.height / 2), y]);

/** Moves each column up by `share` of its distance from the left. torchvision's RandAugment, `ShearY`. */
export const shearY = (image: Image, share: number): Image =>
  movePixels(image, ([x, y]) => [x, y + share * (x + image.width / 2)]);

/** Moves a picture to the right by so many pixels, rounded towards 0. */
export const translateX = (image: Image, pixels: number): Image =>
  movePixels(image, ([x, y]) => [x - Math.trunc(pixels), y]);

/** Moves a picture down by so many pixels, rounded towards 0. */
export const translateY = (image: Image, pixels: number): Image =>
  movePixels(image, ([x, y]) => [x, y - Math.trunc(pixels)]);

/** Turns a picture counter-clockwise around its middle. torchvision's `rotate`. */
export function rotate(image: Image, degrees: number): Image {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return movePixels(image, ([x, y]) => [cosine * x - sine * y, sine * x + cosine * y]);
}
