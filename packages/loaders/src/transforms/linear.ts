import { isOfClass } from '@zoo/core';
import type { Image } from '../image.ts';

/** `pixel · scale − offset` for each channel, in reverse order for BGR. */
export interface Linear {
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
export function scaled(source: Image['pixels'], linear: Linear, isOurs: boolean): Float32Array {
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
