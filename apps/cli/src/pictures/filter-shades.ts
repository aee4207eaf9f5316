import { type Colour, grey } from './canvas.ts';

/** Filters of a convolution: `[height, width, channels, filters]`, as TensorFlow.js has them. */
export interface Filters {
  shape: readonly [height: number, width: number, channels: number, filters: number];
  values: Float32Array;
  /** Order of the colours that they see. */
  colours: 'rgb' | 'bgr';
}

/** How filters are drawn. */
export interface FilterShades {
  /** Drawings of a filter beside each other: one in colour, else one a channel. */
  parts: number;
  /** The colour of a weight: of this filter, at a place from the upper left by rows, in this part. */
  colourAt(filter: number, place: number, part: number): Colour;
}

/** A weight of 0 is middle grey, the largest of a filter in either direction black or white; filters of three channels have their colours. */
export function filterShades({ shape, values, colours }: Filters): FilterShades {
  const [, , channels, count] = shape;
  const largest = Array.from({ length: count }, (_, filter) => {
    let most = 0;
    for (let index = filter; index < values.length; index += count) most = Math.max(most, Math.abs(values[index] ?? 0));
    return most;
  });
  const shade = (filter: number, place: number, channel: number): number => {
    const value = values[(place * channels + channel) * count + filter] ?? 0;
    return Math.round(127.5 + 127.5 * (value / (largest[filter] || 1)));
  };
  if (channels !== 3) return { parts: channels, colourAt: (filter, place, part) => grey(shade(filter, place, part)) };
  const [red, blue] = colours === 'bgr' ? [2, 0] : [0, 2];
  return {
    parts: 1,
    colourAt: (filter, place) => [shade(filter, place, red), shade(filter, place, 1), shade(filter, place, blue)],
  };
}
