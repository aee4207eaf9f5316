import { ZooError } from '@zoo/core';
import type { BmpHeader } from './bmp-header.ts';

/**
 * The indices of a run-length encoded BMP file, a byte a pixel, in the order of its rows: pairs of a count and a value
 * (of two values in turn where a pixel has four bits), and escapes for the end of a row, the end, a jump and plain pixels.
 * Pixels that are jumped over have index 0. Source: Microsoft's "Bitmap Compression".
 *
 * @throws RangeError where the file ends first.
 */
export function bmpRuns(file: Uint8Array, { width, height, compression, offset }: BmpHeader): Uint8Array {
  const indices = new Uint8Array(width * height);
  const four = compression === 'rle4';
  let [at, x, y] = [offset, 0, 0];
  const next = (): number => {
    const byte = file[at++];
    if (byte === undefined) throw new ZooError('corrupt-file', 'its runs have no end');
    return byte;
  };
  const put = (value: number) => {
    if (x < width && y < height) indices[y * width + x] = value;
    x++;
  };
  while (y < height) {
    const [count, value] = [next(), next()];
    if (count > 0) for (let i = 0; i < count; i++) put(four ? (i % 2 === 0 ? value >> 4 : value & 15) : value);
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) break;
    else if (value === 2) [x, y] = [x + next(), y + next()];
    else {
      let byte = 0;
      for (let i = 0; i < value; i++) {
        if (!four || i % 2 === 0) byte = next();
        put(four ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
      }
      // Plain pixels fill pairs of bytes.
      if ((four ? Math.ceil(value / 2) : value) % 2 === 1) at++;
    }
  }
  return indices;
}
