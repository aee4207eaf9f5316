import type { Picture } from '@zoo/loaders';
import type { Features } from '@zoo/trainers';
import { drawText, glyphHeight, textWidth } from './glyphs.ts';

/** What a projector shows. A grid is as large as fits, and larger only where its maps would have to lose pixels. */
const screen = { width: 1920, height: 1080 };
const gap = 6;
const shades = { ground: 32, title: 255, label: 200 };
/** Pixels of a letter's dot: seven are the height of a letter. */
const titleScale = 4;
const labelScale = 2;
const titleHeight = glyphHeight * titleScale + 3 * gap;
const labelHeight = glyphHeight * labelScale + gap;

interface Layout {
  columns: number;
  /** Pixels of the picture for one of a map. */
  scale: number;
  tileWidth: number;
  tileHeight: number;
}

/** A square, or nearly: how many stand side by side. */
const nearlySquare = (count: number): number => Math.ceil(Math.sqrt(count));

/** As many columns as let the maps be largest. */
function layoutOf(count: number, height: number, width: number, isLabelled: boolean): Layout {
  const label = isLabelled ? labelHeight : 0;
  const leastWidth = isLabelled ? textWidth(String(count - 1), labelScale) : 0;
  let best: Layout | undefined;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const room = {
      width: (screen.width - gap) / columns - gap,
      height: (screen.height - titleHeight) / rows - label - gap,
    };
    const scale = Math.floor(Math.min(room.width / width, room.height / height));
    if (scale >= 1 && room.width >= leastWidth && scale > (best?.scale ?? 0))
      best = {
        columns,
        scale,
        tileWidth: Math.max(width * scale, leastWidth) + gap,
        tileHeight: height * scale + label + gap,
      };
  }
  const columns = nearlySquare(count);
  return best ?? { columns, scale: 1, tileWidth: Math.max(width, leastWidth) + gap, tileHeight: height + label + gap };
}

const shortNumber = (value: number): string => String(Number(value.toPrecision(3)));

/**
 * Maps of a layer side by side, each under its number from 0, its smallest number black and its largest white. A vector is one map, in
 * rows. It fits a screen of 1920 × 1080, and its text can be read on one.
 *
 * @param title What it shows: `features.0 (conv1)`. Sizes and the two numbers are written behind it.
 */
export function activationGrid({ shape, values }: Features, title: string): Picture {
  const [count = 1, ...sizes] = shape.length === 3 ? shape : [1];
  const isVector = sizes.length !== 2;
  const side = nearlySquare(values.length);
  const [height = 1, width = 1] = isVector ? [Math.ceil(values.length / side), side] : sizes;
  const { columns, scale, tileWidth, tileHeight } = layoutOf(count, height, width, !isVector);
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as const);
  const what = isVector ? `${values.length} numbers` : `${count} maps of ${height} × ${width}`;
  const heading = `${title}: ${what}, black ${shortNumber(least)}, white ${shortNumber(most)}`;
  const size = {
    width: Math.max(columns * tileWidth + gap, textWidth(heading, titleScale) + 2 * gap),
    height: titleHeight + Math.ceil(count / columns) * tileHeight,
  };
  const picture = { ...size, channels: 1, pixels: new Uint8Array(size.width * size.height).fill(shades.ground) };
  drawText(picture, heading, { left: gap, top: gap, scale: titleScale, shade: shades.title });
  const label = isVector ? 0 : labelHeight;
  const shade = (value: number) => (most > least ? Math.round((255 * (value - least)) / (most - least)) : 0);
  for (let map = 0; map < count; map++) {
    const left = gap + (map % columns) * tileWidth;
    const top = titleHeight + Math.floor(map / columns) * tileHeight;
    if (!isVector) drawText(picture, String(map), { left, top, scale: labelScale, shade: shades.label });
    for (let place = 0; place < height * width; place++) {
      const value = values[map * height * width + place];
      if (value === undefined) break;
      const x = left + (place % width) * scale;
      const y = top + label + Math.floor(place / width) * scale;
      for (let row = y; row < y + scale; row++)
        picture.pixels.fill(shade(value), row * size.width + x, row * size.width + x + scale);
    }
  }
  return picture;
}
