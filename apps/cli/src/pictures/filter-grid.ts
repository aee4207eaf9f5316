import type { Picture } from '@zoo/loaders';
import { fillSquare } from './canvas.ts';
import { type Filters, filterShades } from './filter-shades.ts';
import { drawTiles } from './tiles.ts';

/**
 * Filters side by side, each under its number, as `filterShades` has them; those that are not in colour have channel beside channel.
 *
 * @param title What it shows: `features.0 (conv1)`.
 */
export function filterGrid(filters: Filters, title: string): Picture {
  const [height, width, channels, count] = filters.shape;
  const { parts, colourAt } = filterShades(filters);
  const isColour = channels === 3;
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
      for (let index = 0; index < height * width; index++) {
        const square = {
          left: left + (part * width + (index % width)) * scale,
          top: top + Math.floor(index / width) * scale,
          side: scale,
        };
        fillSquare(canvas, square, colourAt(number, index, part));
      }
  });
}
