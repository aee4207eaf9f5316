import { isOfClass, ZooError } from '@zoo/core';
import { type Image, sizeOf } from '../image.ts';
import type { Transform } from '../transform.ts';
import { computerOf, lazyImage } from './lazy-image.ts';

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

/** `pixel · scale − offset` for each channel, in reverse order for BGR. */
interface Linear {
  scales: readonly number[];
  offsets: readonly number[];
  reverse: boolean;
}

/** The usual case, which is several times as fast without an inner loop. */
function scaleColours(source: Image['pixels'], target: Float32Array, { scales, offsets, reverse }: Linear): void {
  const [scale0 = 1, scale1 = 1, scale2 = 1] = scales;
  const [offset0 = 0, offset1 = 0, offset2 = 0] = offsets;
  const first = reverse ? 2 : 0;
  const last = 2 - first;
  for (let at = 0; at < source.length; at += 3) {
    // Read before it is written, where both are the same.
    const red = source[at + first] ?? 0;
    const blue = source[at + last] ?? 0;
    target[at] = red * scale0 - offset0;
    target[at + 1] = (source[at + 1] ?? 0) * scale1 - offset1;
    target[at + 2] = blue * scale2 - offset2;
  }
}

/** @param isOurs Whether floats may be changed in their place. */
function scaled(source: Image['pixels'], linear: Linear, isOurs: boolean): Float32Array {
  const { scales, offsets, reverse } = linear;
  const count = scales.length;
  if (count === 3) {
    const target = isOurs && isOfClass(source, 'Float32Array') ? source : new Float32Array(source.length);
    scaleColours(source, target, linear);
    return target;
  }
  const target = new Float32Array(source.length);
  for (let channel = 0; channel < count; channel++) {
    const from = reverse ? count - 1 - channel : channel;
    for (let at = 0; at < source.length; at += count)
      target[at + channel] = (source[at + from] ?? 0) * (scales[channel] ?? 1) - (offsets[channel] ?? 0);
  }
  return target;
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
    return lazyImage(height, width, count, (top, left, rows, columns, into) => {
      const { pixels } = compute(top, left, rows, columns, into);
      return { pixels: scaled(pixels, linear, true), height: rows, width: columns, channels: count };
    });
  };
}
