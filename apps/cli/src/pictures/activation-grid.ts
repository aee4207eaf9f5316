import type { Picture } from '@zoo/loaders';
import type { Features } from '@zoo/trainers';

/** Pixels between two maps, and how bright they are. */
const gap = 1;
const gapShade = 40;
/** How large a map becomes at least, and how wide the whole at most. */
const leastSide = 24;
const mostWidth = 1600;

/** A square, or nearly: how many stand side by side. */
const inRow = (count: number): number => Math.ceil(Math.sqrt(count));

/** Maps of a layer side by side, its smallest number black and its largest white. A vector is one map, in rows. */
export function activationGrid({ shape, values }: Features): Picture {
  const [count = 1, ...sizes] = shape.length === 3 ? shape : [1];
  const [height = 1, width = 1] =
    sizes.length === 2 ? sizes : [Math.ceil(values.length / inRow(values.length)), inRow(values.length)];
  const columns = inRow(count);
  const rows = Math.ceil(count / columns);
  const enlarged = Math.ceil(leastSide / Math.max(height, width));
  const scale = Math.max(1, Math.min(enlarged, Math.floor(mostWidth / (columns * (width + gap)))));
  const [tileHeight, tileWidth] = [height * scale + gap, width * scale + gap];
  const picture = { height: rows * tileHeight + gap, width: columns * tileWidth + gap, channels: 1 };
  const pixels = new Uint8Array(picture.height * picture.width).fill(gapShade);
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as const);
  const shade = (value: number) => (most > least ? Math.round((255 * (value - least)) / (most - least)) : 0);
  for (let place = 0; place < values.length; place++) {
    const [map, inMap] = [Math.floor(place / (height * width)), place % (height * width)];
    const top = gap + Math.floor(map / columns) * tileHeight + Math.floor(inMap / width) * scale;
    const left = gap + (map % columns) * tileWidth + (inMap % width) * scale;
    const bright = shade(values[place] ?? 0);
    for (let y = top; y < top + scale; y++)
      pixels.fill(bright, y * picture.width + left, y * picture.width + left + scale);
  }
  return { pixels, ...picture };
}
