import type { Picture } from '@zoo/loaders';
import type { Features } from '@zoo/trainers';
import { fillSquare, grey } from './canvas.ts';
import { drawTiles, nearlySquare } from './tiles.ts';

const shortNumber = (value: number): string => String(Number(value.toPrecision(3)));

/**
 * Maps of a layer side by side, each under the number of its channel, its smallest number black and its largest white. A vector is one
 * map, in rows. It fits a screen of 1920 × 1080, and its text can be read on one.
 *
 * @param title What it shows: `features.0 (conv1)`. Sizes and the two numbers are written with it.
 * @param leftPicture What the layer was shown.
 */
export function activationGrid({ shape, values }: Features, title: string, leftPicture?: Picture): Picture {
  const [count = 1, ...sizes] = shape.length === 3 ? shape : [1];
  const isVector = sizes.length !== 2;
  const side = nearlySquare(values.length);
  const [height = 1, width = 1] = isVector ? [Math.ceil(values.length / side), side] : sizes;
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as const);
  const shade = (value: number) => (most > least ? Math.round((255 * (value - least)) / (most - least)) : 0);
  const tiles = {
    title: `${title}: ${isVector ? `${values.length} numbers, row by row` : `${count} maps of ${height} × ${width}`}`,
    legend: [
      ...(isVector ? [] : ['over each map: its channel, from 0']),
      `black: ${shortNumber(least)}`,
      `white: ${shortNumber(most)}`,
      ...(leftPicture ? ['left: the picture'] : []),
    ].join('   '),
    count,
    height,
    width,
    numbered: !isVector,
    ...(leftPicture && { leftPicture }),
  };
  return drawTiles(tiles, (canvas, { number, left, top, scale }) => {
    for (let index = 0; index < height * width; index++) {
      const value = values[number * height * width + index];
      if (value === undefined) break;
      const square = {
        left: left + (index % width) * scale,
        top: top + Math.floor(index / width) * scale,
        side: scale,
      };
      fillSquare(canvas, square, grey(shade(value)));
    }
  });
}
