import { ZooError } from '@zoo/core';
import type { Picture } from '../image.ts';
import { type BmpHeader, bmpHeader } from './bmp-header.ts';
import { bmpRuns } from './bmp-runs.ts';

/** Reads the value of a pixel. */
type ReadPixel = (x: number, y: number) => number;

/** How pixels that are not compressed are read: rows of whole groups of four bytes. */
function plainPixels(file: Uint8Array, { width, height, bitsPerPixel: bits, offset }: BmpHeader): ReadPixel {
  const row = Math.ceil((width * bits) / 32) * 4;
  // Some programs leave out what fills up the last row.
  const needed = offset + (height - 1) * row + Math.ceil((width * bits) / 8);
  if (file.length < needed) throw new ZooError('corrupt-file', `${file.length} bytes, expected ${needed}`);
  const bytes = bits / 8;
  if (bits >= 8)
    return (x, y) => {
      const at = offset + y * row + x * bytes;
      let value = 0;
      for (let byte = bytes - 1; byte >= 0; byte--) value = value * 256 + (file[at + byte] ?? 0);
      return value;
    };
  const mask = 2 ** bits - 1;
  return (x, y) => ((file[offset + y * row + ((x * bits) >> 3)] ?? 0) >> (8 - bits - ((x * bits) % 8))) & mask;
}

/** The value of the bits under a mask, from 0 to 255. */
function channelOf(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}

/**
 * A BMP file as RGB bytes: of 1, 2, 4, 8, 16, 24 or 32 bits a pixel, plain or run-length encoded. Opacity and colour profiles are
 * left aside. An index without a colour is black.
 *
 * @throws Error that says what is wrong with a file that is damaged or cut short, RangeError where its header is.
 */
export function decodeBmp(file: Uint8Array): Picture {
  const header = bmpHeader(file);
  const { width, height, topDown, bitsPerPixel, compression, palette, paletteStep, masks } = header;
  const runs = compression === 'none' ? undefined : bmpRuns(file, header);
  const read: ReadPixel = runs ? (x, y) => runs[y * width + x] ?? 0 : plainPixels(file, header);
  const pixels = new Uint8Array(3 * width * height);
  const [red, green, blue] = masks.map(channelOf);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const from = topDown ? y : height - 1 - y;
    for (let x = 0; x < width; x++, to += 3) {
      const pixel = read(x, from);
      if (bitsPerPixel <= 8) {
        for (let c = 0; c < 3; c++) pixels[to + c] = palette[pixel * paletteStep + 2 - c] ?? 0;
      } else {
        pixels[to] = red?.(pixel) ?? 0;
        pixels[to + 1] = green?.(pixel) ?? 0;
        pixels[to + 2] = blue?.(pixel) ?? 0;
      }
    }
  }
  return { pixels, height, width, channels: 3 };
}
