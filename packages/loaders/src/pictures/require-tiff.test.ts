import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../index.ts';
import { tiffTags } from './tiff-tags.ts';

const red = () => sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } });

/** A TIFF of one strip without compression, as other programs write it. */
function tiff(little: boolean, pixels: Uint8Array, tags: readonly (readonly [tag: number, value: number])[]): Buffer {
  const file = Buffer.alloc(10 + 12 * (tags.length + 2) + 4);
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  file.write(little ? 'II' : 'MM');
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  const all = [...tags, [273, file.length], [279, pixels.length]] as const;
  view.setUint16(8, all.length, little);
  for (const [i, [tag, value]] of [...all].sort(([a], [b]) => a - b).entries()) {
    const at = 10 + 12 * i;
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, 3, little);
    view.setUint32(at + 4, 1, little);
    view.setUint16(at + 8, value, little);
  }
  return Buffer.concat([file, pixels]);
}

const grey = (bits: number, format: number): readonly (readonly [number, number])[] => [
  [256, 2],
  [257, 1],
  [258, bits],
  [259, 1],
  [262, 1],
  [277, 1],
  [278, 1],
  [339, format],
];

describe('a TIFF', () => {
  it('of floating-point or signed numbers is refused, whose range no file says', async () => {
    const bytes = (numbers: ArrayLike<number> & { buffer: ArrayBufferLike }) => new Uint8Array(numbers.buffer);
    for (const [what, bits, format, numbers] of [
      ['float', 32, 3, Float32Array.of(0, 1)],
      ['int', 32, 2, Int32Array.of(0, 65_535)],
      ['uint', 32, 1, Uint32Array.of(0, 65_535)],
      ['short', 16, 2, Int16Array.of(0, 32_767)],
    ] as const)
      await expect(decodeImage(tiff(true, bytes(numbers), grey(bits, format)), `${what}.tif`)).rejects.toThrow(
        `${what}.tif: TIFF of ${what} values, which have no known range of brightness, expected 8 or 16 bits without a sign; convert it first.`,
      );
    const plain = await decodeImage(tiff(true, Uint8Array.of(0, 255), grey(8, 1)));
    expect(Array.from(plain.pixels)).toEqual([0, 0, 0, 255, 255, 255]);
  });

  it('in YCbCr is refused, but for that of JPEG, which is decoded', async () => {
    const colour = [
      [256, 1],
      [257, 1],
      [259, 1],
      [262, 6],
      [277, 3],
      [278, 1],
    ] as const;
    for (const little of [true, false]) {
      const file = tiff(little, Uint8Array.of(76, 85, 255), [...colour, [258, 8], [530, 1]]);
      expect([tiffTags(file).get(262), tiffTags(file).get(277)]).toEqual([6, 3]);
      await expect(decodeImage(file, 'x.tif')).rejects.toThrow(
        'x.tif: TIFF in YCbCr without JPEG compression, expected red, green, blue; convert it first.',
      );
    }
    const { pixels } = await decodeImage(await red().tiff({ compression: 'jpeg', quality: 90 }).toBuffer());
    const [r = 0, g = 255, b = 255] = pixels;
    expect([r > 250, g < 5, b < 5]).toEqual([true, true, true]);
  });

  it('that begins with a preview, as camera raw, is refused: the picture is in a later directory', async () => {
    const preview = tiff(true, Uint8Array.of(0, 255), [[254, 1], ...grey(8, 1)]);
    await expect(decodeImage(preview, 'x.nef')).rejects.toThrow(
      'x.nef: TIFF that begins with a small preview, as camera raw (DNG, NEF, ARW) does, expected the picture itself first; convert it first.',
    );
  });

  it('in Lab of 8 bits is decoded: libvips packs its pixels, of which nothing can be taken off', async () => {
    const lab = [
      [256, 1],
      [257, 1],
      [258, 8],
      [259, 1],
      [262, 8],
      [277, 3],
      [278, 1],
    ] as const;
    const { pixels, channels } = await decodeImage(tiff(true, Uint8Array.of(136, 80, 67), lab));
    const [r = 0, g = 255, b = 255] = pixels;
    expect([channels, r > 250, g < 5, b < 5]).toEqual([3, true, true, true]);
  });

  it('of tiles costs what they have together, however little of them is seen', async () => {
    const tiles = (width: number, height: number) =>
      tiff(true, new Uint8Array(16), [...grey(8, 1).slice(2), [256, 20_000], [257, 16], [322, width], [323, height]]);
    await expect(decodeImage(tiles(16, 8192), 'high.tif')).rejects.toThrow('high.tif: has 20000x8192 pixels in');
    await expect(decodeImage(tiles(30_000, 16), 'wide.tif')).rejects.toThrow('wide.tif: damaged or cut short');
  });

  it('of 64-bit places has the same tags', async () => {
    const file = await red().tiff({ bigtiff: true, compression: 'jpeg' }).toBuffer();
    expect([tiffTags(file).get(256), tiffTags(file).get(259), tiffTags(file).get(262)]).toEqual([16, 7, 6]);
    expect(tiffTags(file.subarray(0, 20)).size).toBe(0);
  });
});
