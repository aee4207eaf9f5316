import type { Image } from '../image.ts';

/** Computes a part of an image that lies inside of it. */
type ComputePart = (top: number, left: number, height: number, width: number) => Image;

const computers = new WeakMap<Image, ComputePart>();

/**
 * An image whose pixels are computed when they are asked for, and of which a crop computes no more than it takes: a ribbon of
 * 20,000 x 1 pixels that is scaled to a shorter side of 256 has 1.3 billion pixels, and its middle 65,536.
 */
export function lazyImage(height: number, width: number, channels: number, part: ComputePart): Image {
  let whole: Image['pixels'] | undefined;
  const image: Image = {
    height,
    width,
    channels,
    get pixels() {
      whole ??= part(0, 0, height, width).pixels;
      return whole;
    },
  };
  computers.set(image, part);
  return image;
}

/** How parts of an image are computed that is not computed yet. */
export const computerOf = (image: Image): ComputePart | undefined => computers.get(image);
