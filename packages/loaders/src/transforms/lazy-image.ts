import type { Image } from '../image.ts';
import type { Linear } from './linear.ts';

/** How a part of an image is wanted. What computes it may do all of this in one pass. */
export interface PartOptions {
  /** Left and right swapped. Default false. */
  mirrored?: boolean | undefined;
  /** Done to each pixel last. Default: nothing. */
  linear?: Linear | undefined;
  /** Where floats may be written instead of a new array: as many as the part has. Whether they were, the result tells. */
  into?: Float32Array | undefined;
}

/** Computes a part of an image that lies inside of it: new pixels each time, which the caller may change. */
type ComputePart = (top: number, left: number, height: number, width: number, how: PartOptions) => Image;

const computers = new WeakMap<Image, ComputePart>();

/**
 * An image whose pixels are computed on demand, so that a crop computes only its own pixels: a ribbon of
 * 20,000 x 1 pixels that is scaled to a shorter side of 256 has 1.3 billion pixels, and its middle 65,536.
 */
export function lazyImage(height: number, width: number, channels: number, part: ComputePart): Image {
  let whole: Image['pixels'] | undefined;
  const image: Image = {
    height,
    width,
    channels,
    get pixels() {
      whole ??= part(0, 0, height, width, {}).pixels;
      return whole;
    },
  };
  computers.set(image, part);
  return image;
}

/** How parts of a lazy image are computed. */
export const computerOf = (image: Image): ComputePart | undefined => computers.get(image);

/** Writes an image's pixels to where they belong; those of a lazy image are computed there, in no array of their own. */
export function writePixels(image: Image, target: Float32Array): void {
  const { pixels } = computers.get(image)?.(0, 0, image.height, image.width, { into: target }) ?? image;
  if (pixels !== target) target.set(pixels);
}
