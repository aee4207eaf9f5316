import { isOfClass, ZooError } from '@zoo/core';

/**
 * A picture: rows of pixels, the channels of a pixel side by side (`pixels[(y · width + x) · channels + c]`).
 * Values run from 0 to 255, as bytes while nothing has changed them and as floats from the first transform that must
 * round otherwise: a photo stays a byte a value until it has been scaled down.
 */
export interface Image {
  readonly pixels: Uint8Array | Float32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A picture as it is stored and decoded: a byte a value. */
export interface Picture extends Image {
  readonly pixels: Uint8Array;
}

/** A new black picture with the same type of values. */
export function blank(like: Image, height: number, width: number): Image {
  const length = height * width * like.channels;
  const pixels = isOfClass(like.pixels, 'Uint8Array') ? new Uint8Array(length) : new Float32Array(length);
  return { pixels, height, width, channels: like.channels };
}

/** `32x32x3`, for messages. */
export const sizeOf = ({ height, width, channels }: Image): string => `${height}x${width}x${channels}`;

/** @throws ZooError `usage` unless `value` is a whole number of at least `least`. */
export function requireWhole(where: string, what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ZooError('usage', `${where}: ${what} is ${value}, expected a whole number of at least ${least}.`);
}
