import type { Picture } from '@zoo/loaders';
import { type Filters, filterShades } from './filter-shades.ts';

/** Pixels of a sheet's width, about: half a page, on a fine screen. */
const wanted = 960;
const channels = 4;

/** Columns in which so many filters fill a rectangle that is wider than high, though less than twice: 12 for 96, 8 for 32. */
export function sheetColumns(count: number): number {
  const least = Math.ceil(Math.sqrt(count));
  for (let columns = least; columns <= 2 * least; columns++) if (count % columns === 0) return columns;
  return least;
}

/** Filters side by side, on nothing: for a page, light or dark. */
export function filterSheet(filters: Filters): Picture {
  const [height, side, , count] = filters.shape;
  const { parts, colourAt } = filterShades(filters);
  const columns = sheetColumns(count);
  const tileWidth = side * parts;
  // A gap is about a tenth of a filter.
  const scale = Math.max(1, Math.floor(wanted / (columns * tileWidth * 1.1)));
  const gap = Math.max(1, Math.round(0.1 * tileWidth * scale));
  const rows = Math.ceil(count / columns);
  const width = columns * tileWidth * scale + (columns - 1) * gap;
  const picture = { width, height: rows * height * scale + (rows - 1) * gap, channels };
  const pixels = new Uint8Array(picture.width * picture.height * channels);
  for (let filter = 0; filter < count; filter++) {
    const left = (filter % columns) * (tileWidth * scale + gap);
    const top = Math.floor(filter / columns) * (height * scale + gap);
    for (let y = 0; y < height * scale; y++)
      for (let x = 0; x < tileWidth * scale; x++) {
        const column = Math.floor(x / scale);
        const place = Math.floor(y / scale) * side + (column % side);
        const colour = colourAt(filter, place, Math.floor(column / side));
        pixels.set([...colour, 255], ((top + y) * width + left + x) * channels);
      }
  }
  return { ...picture, pixels };
}
