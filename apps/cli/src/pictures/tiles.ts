import type { Picture } from '@zoo/loaders';
import { type Canvas, canvasOf, paste } from './canvas.ts';
import { drawText, glyphHeight, textWidth } from './glyphs.ts';

/** What a projector shows. Tiles are as large as fits, and the picture larger only where they would have to lose pixels. */
const screen = { width: 1920, height: 1080 };
const gap = 6;
const shades = { ground: 32, title: 255, label: 200 };
/** Pixels of a letter's dot. */
const titleScale = 4;
const lineScale = 3;
const labelScale = 2;
const headHeight = glyphHeight * (titleScale + lineScale) + 4 * gap;
const labelHeight = glyphHeight * labelScale + gap;

/** Tiles of one size side by side, under a title. */
export interface Tiles {
  /** What it shows: `features.0 (conv1): 96 maps of 55 × 55`. */
  title: string;
  /** What the numbers and shades mean, in a second line. */
  legend: string;
  count: number;
  /** Of a tile, in pixels of its own. */
  height: number;
  width: number;
  /** Whether each bears its number, from 0. */
  numbered: boolean;
  /** What stands at the left of all. */
  leftPicture?: Picture;
}

interface Layout {
  columns: number;
  /** Pixels of the picture for one of a tile. */
  scale: number;
  tileWidth: number;
  tileHeight: number;
}

/** A square, or nearly: how many stand side by side. */
export const nearlySquare = (count: number): number => Math.ceil(Math.sqrt(count));

/** As many columns as let the tiles be largest. */
function layoutOf({ count, height, width, numbered, leftPicture }: Tiles): Layout {
  const label = numbered ? labelHeight : 0;
  const leastWidth = numbered ? textWidth(String(count - 1), labelScale) : 0;
  const all = screen.width - (leftPicture ? leftPicture.width + gap : 0);
  let best: Layout | undefined;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const room = {
      width: (all - gap) / columns - gap,
      height: (screen.height - headHeight) / rows - label - gap,
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

/** How large a picture beside tiles may be. */
export const leftPictureSide = 300;

/**
 * Draws tiles as large as a screen of 1920 × 1080 lets them be, with text that can be read on one.
 *
 * @param draw Draws a tile: its upper left corner, and how many pixels one of the tile takes.
 */
export function drawTiles(
  tiles: Tiles,
  draw: (canvas: Canvas, tile: { number: number; left: number; top: number; scale: number }) => void,
): Picture {
  const { title, legend, count, numbered, leftPicture } = tiles;
  const { columns, scale, tileWidth, tileHeight } = layoutOf(tiles);
  const start = leftPicture ? leftPicture.width + 2 * gap : gap;
  const rows = Math.ceil(count / columns);
  const text = Math.max(textWidth(title, titleScale), textWidth(legend, lineScale));
  const width = Math.max(start + columns * tileWidth, text + 2 * gap);
  const height = headHeight + Math.max(rows * tileHeight, leftPicture ? leftPicture.height + gap : 0);
  const canvas = canvasOf(width, height, shades.ground);
  drawText(canvas, title, { left: gap, top: gap, scale: titleScale, shade: shades.title });
  const below = 2 * gap + glyphHeight * titleScale;
  drawText(canvas, legend, { left: gap, top: below, scale: lineScale, shade: shades.label });
  if (leftPicture) paste(canvas, leftPicture, { left: gap, top: headHeight + (numbered ? labelHeight : 0) });
  for (let number = 0; number < count; number++) {
    const left = start + (number % columns) * tileWidth;
    const top = headHeight + Math.floor(number / columns) * tileHeight;
    if (numbered) drawText(canvas, String(number), { left, top, scale: labelScale, shade: shades.label });
    draw(canvas, { number, left, top: top + (numbered ? labelHeight : 0), scale });
  }
  return canvas;
}
