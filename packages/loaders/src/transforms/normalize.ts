import { ZooError } from '@zoo/core';
import { sizeOf } from '../image.ts';
import type { Transform } from '../transform.ts';
import { finished } from './finish-part.ts';
import { computerOf, lazyImage } from './lazy-image.ts';
import { scaled } from './linear.ts';

/** The form in which a network takes its pixels: the fields of a spec's `preprocessing`. */
export interface NormalizeOptions {
  /** The value of a white pixel. Default 1. */
  range?: 1 | 255;
  /** In the units of `range`, in the order of `channels`; a single value holds for every channel. Default 0. */
  mean?: readonly number[];
  /** As `mean`. Default 1. */
  std?: readonly number[];
  /** Order of the channels in the network's first layer. Default `rgb`. */
  channels?: 'rgb' | 'bgr';
}

/**
 * Turns bytes into what a network was trained on: `(pixel · range / 255 − mean) / std`, channel by channel.
 * Comes last: pictures leave it outside 0 to 255.
 *
 * @throws ZooError `usage` for a std of 0. The transform throws `data` for a picture of another number of channels.
 */
export function normalize({ range = 1, mean = [0], std = [1], channels = 'rgb' }: NormalizeOptions = {}): Transform {
  const bad = [...mean, ...std.map((value) => (value === 0 ? Number.NaN : value))].some(
    (value) => !Number.isFinite(value),
  );
  if (bad || mean.length === 0 || std.length === 0) {
    throw new ZooError('usage', `normalize: mean ${mean} and std ${std}, expected numbers, and none of std 0.`);
  }
  return (image) => {
    const count = image.channels;
    for (const [name, values] of Object.entries({ mean, std })) {
      if (values.length === 1 || values.length === count) continue;
      throw new ZooError(
        'data',
        `normalize: ${name} has ${values.length} values, expected ${count} for a picture of ${sizeOf(image)}.`,
      );
    }
    const pick = (values: readonly number[], channel: number) => values[values.length === 1 ? 0 : channel] ?? 0;
    const scales = Array.from({ length: count }, (_, channel) => range / 255 / pick(std, channel));
    const offsets = Array.from({ length: count }, (_, channel) => pick(mean, channel) / pick(std, channel));
    const linear = { scales, offsets, reverse: channels === 'bgr' };
    const { height, width } = image;
    const compute = computerOf(image);
    if (!compute) return { pixels: scaled(image.pixels, linear, false), height, width, channels: count };
    return lazyImage(height, width, count, (top, left, rows, columns, { linear: next, ...how }) =>
      finished(compute(top, left, rows, columns, { ...how, linear }), { linear: next }),
    );
  };
}
