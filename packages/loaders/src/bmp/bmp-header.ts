import { ZooError } from '@zoo/core';

/** How the pixels of a BMP file lie in it. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Whether the first row is the top one. Most files begin with the bottom one. */
  readonly topDown: boolean;
  readonly bitsPerPixel: number;
  readonly compression: 'none' | 'rle8' | 'rle4';
  /** Where the bits of red, green and blue are in a pixel of 16 or 32 bits. */
  readonly masks: readonly [red: number, green: number, blue: number];
  /** Colours of the indices, as blue, green, red; files of 16 bits and more need none. */
  readonly palette: Uint8Array;
  /** Bytes a colour of the palette: 3 in files of OS/2, else 4. */
  readonly paletteStep: number;
  /** Where the pixels begin. */
  readonly offset: number;
}

const compressions: Readonly<Record<number, string>> = { 0: 'none', 1: 'rle8', 2: 'rle4', 3: 'masks', 6: 'masks' };
const bitsOf: Readonly<Record<string, readonly number[]>> = {
  none: [1, 2, 4, 8, 16, 24, 32],
  rle8: [8],
  rle4: [4],
  masks: [16, 32],
};

/**
 * The header of a BMP file: that of OS/2 1 (12 bytes), of OS/2 2 (16 to 64) and those of Windows (40 to 124).
 * Source: Microsoft's BITMAPCOREHEADER to BITMAPV5HEADER.
 *
 * @throws Error for what is no such header, or says that its pixels are a JPEG or PNG.
 */
export function bmpHeader(file: Uint8Array): BmpHeader {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const size = view.getUint32(14, true);
  const old = size === 12;
  if (!old && (size < 16 || size > 124)) throw new ZooError('corrupt-file', `header of ${size} bytes`);
  // A header may end early: what it leaves out is 0.
  const field = (at: number) => (size >= at + 4 ? view.getUint32(14 + at, true) : 0);
  const width = old ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = old ? view.getUint16(20, true) : view.getInt32(22, true);
  const bitsPerPixel = view.getUint16(old ? 24 : 28, true);
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1) throw new ZooError('corrupt-file', `${width}x${height} pixels`);
  const number = old ? 0 : field(16);
  const kind = compressions[number] ?? '';
  // In files of OS/2 the number 3 is another compression.
  const masked = kind === 'masks' && (size === 40 || size >= 52);
  if (!bitsOf[kind]?.includes(bitsPerPixel) || (kind === 'masks' && !masked))
    throw new ZooError('corrupt-file', `compression ${number} of ${bitsPerPixel} bits a pixel`);
  const mask = (index: number) => view.getUint32(54 + 4 * index, true);
  const usual: BmpHeader['masks'] = bitsPerPixel === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
  const masksBehind = masked && size === 40 ? (number === 6 ? 16 : 12) : 0;
  const paletteAt = 14 + size + masksBehind;
  const offset = view.getUint32(10, true);
  const paletteStep = old ? 3 : 4;
  const most = bitsPerPixel > 8 ? 0 : 2 ** bitsPerPixel;
  const stated = old ? 0 : field(32);
  const colours = stated === 0 ? most : Math.min(stated, most);
  // Some programs leave out where the pixels begin, or write fewer colours than they say.
  const start = offset === 0 ? paletteAt + colours * paletteStep : offset;
  return {
    width,
    height,
    topDown: signedHeight < 0,
    bitsPerPixel,
    compression: kind === 'rle8' || kind === 'rle4' ? kind : 'none',
    masks: masked ? [mask(0), mask(1), mask(2)] : usual,
    palette: file.subarray(paletteAt, Math.min(paletteAt + colours * paletteStep, Math.max(start, paletteAt))),
    paletteStep,
    offset: start,
  };
}
