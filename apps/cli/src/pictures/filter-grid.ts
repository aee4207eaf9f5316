import type { Picture } from '@zoo/loaders';
import { type Colour, fillSquare, grey } from './canvas.ts';
import { drawTiles } from './tiles.ts';

/** Filters of a convolution: `[height, width, channels, filters]`, as TensorFlow.js has them. */
export interface Filters {
  shape: readonly [height: number, width: number, channels: number, filters: number];
  values: Float32Array;
  /** Order of the colours that they see. */
  colours: 'rgb' | 'bgr';
}

/**
 * Filters side by side, each under its number. A weight of 0 is middle grey, the largest of a filter in either direction black or white;
 * filters of three channels are drawn in their colours, others channel beside channel.
 *
 * @param title What it shows: `features.0 (conv1)`.
 */
export function filterGrid({ shape, values, colours }: Filters, title: string): Picture {
  const [height, width, channels, count] = shape;
  const isColour = channels === 3;
  const at = (filter: number, place: number, channel: number): number =>
    values[(place * channels + channel) * count + filter] ?? 0;
  const places = height * width;
  const largest = Array.from({ length: count }, (_, filter) => {
    let most = 0;
    for (let index = filter; index < values.length; index += count) most = Math.max(most, Math.abs(values[index] ?? 0));
    return most;
  });
  const shade = (filter: number, value: number): number => Math.round(127.5 + 127.5 * (value / (largest[filter] || 1)));
  const colourAt = (filter: number, place: number): Colour => {
    const [first, second, third] = [0, 1, 2].map((channel) => shade(filter, at(filter, place, channel)));
    const [red, blue] = colours === 'bgr' ? [third, first] : [first, third];
    return [red ?? 0, second ?? 0, blue ?? 0];
  };
  const parts = isColour ? 1 : channels;
  const tiles = {
    title: `${title}: ${count} filters of ${height} × ${width}${isColour ? ' in colour' : channels === 1 ? '' : `, ${channels} channels beside each other`}`,
    legend: 'over each filter: its number, from 0   grey: 0   each scaled to its largest weight',
    count,
    height,
    width: width * parts,
    numbered: true,
  };
  return drawTiles(tiles, (canvas, { number, left, top, scale }) => {
    for (let part = 0; part < parts; part++)
      for (let index = 0; index < places; index++) {
        const square = {
          left: left + (part * width + (index % width)) * scale,
          top: top + Math.floor(index / width) * scale,
          side: scale,
        };
        fillSquare(canvas, square, isColour ? colourAt(number, index) : grey(shade(number, at(number, index, part))));
      }
  });
}
