import { readFile } from 'node:fs/promises';
import { random } from '@zoo/core';
import sharp, { type JpegOptions, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { compile } from '../../scripts/compile-wasm.mjs';
import { decodeFile } from '../platform/pictures.node.ts';
import { decodeJpeg } from './decode-jpeg.ts';
import { base64 } from './generated.ts';

const { integer, uniform } = random(20);
const bySharp = (file: Uint8Array) => decodeFile(file, 'JPEG', 'a.jpg', {});

/** Pictures that ask different things of a decoder: long codes, chroma that changes at each pixel, blocks of one value, almost nothing. */
const contents: readonly ((x: number, y: number, channel: number) => number)[] = [
  () => integer(256),
  (x, y, channel) => (x * 5 + y * 3 + channel * 40) & 255,
  (x, y) => (((x >> 3) + (y >> 3)) % 2) * 255,
  () => 128 + integer(9),
];

function drawn(width: number, height: number, content = contents[integer(contents.length)]): Sharp {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return content?.(pixel % width, Math.floor(pixel / width), index % 3) ?? 0;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const written = async (image: Sharp, options: JpegOptions = {}) => new Uint8Array(await image.jpeg(options).toBuffer());
const anyOptions = (): JpegOptions => ({
  quality: 1 + integer(100),
  chromaSubsampling: integer(2) ? '4:4:4' : '4:2:0',
  optimiseCoding: integer(2) === 1,
  trellisQuantisation: integer(3) === 0,
});
/** A segment of a file: its marker, its length, and what it holds. */
const segment = (marker: number, content: readonly number[]) =>
  Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content);
/** A file with a segment before all others. */
const withSegment = (file: Uint8Array, marker: number, content: readonly number[]) =>
  Uint8Array.from([...file.subarray(0, 2), ...segment(marker, content), ...file.subarray(2)]);
/** Where a segment's content begins. */
const contentOf = (file: Uint8Array, marker: number) =>
  file.findIndex((byte, at) => byte === 0xff && file[at + 1] === marker) + 4;
/** A file with another factor for some of the coefficients, by their place in the zigzag. */
function withFactors(file: Uint8Array, factorOf: (k: number) => number | undefined): Uint8Array {
  const table = contentOf(file, 0xdb) + 1;
  return file.map((byte, at) => factorOf(at - table) ?? byte);
}
/** A table of the number `number`: one code, of two bits, unless told otherwise. */
const codes = (number: number, counts: readonly number[] = [0, 1]) => {
  const symbols = counts.reduce((sum, count) => sum + count, 0);
  return [number, ...Array.from({ length: 16 }, (_, at) => counts[at] ?? 0), ...new Array<number>(symbols).fill(1)];
};
const noise = () => drawn(40, 30, contents[0]);
const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../fixtures/jpeg/${name}`, import.meta.url)));

describe('a plain JPEG', () => {
  it('is decoded to the bytes of sharp, in any size, quality and sampling, grey too', async () => {
    for (let round = 0; round < 150; round++) {
      const image = drawn(8 + integer(120), 1 + integer(120));
      const file = await written(integer(5) ? image : image.greyscale(), anyOptions());
      expect(decodeJpeg(file)).toEqual(await bySharp(file));
    }
  });

  it('of half the columns of chroma, as cameras write it, too', async () => {
    const file = await fixture('half-columns.jpg');
    expect(decodeJpeg(file)).toEqual(await bySharp(file));
  });

  it('that is damaged is left to sharp, or decoded to the bytes that sharp gives', async () => {
    let kept = 0;
    for (let round = 0; round < 400; round++) {
      const file = await written(drawn(8 + integer(60), 8 + integer(60)), anyOptions());
      for (let change = 0; change <= integer(2); change++) file[20 + integer(file.length - 20)] = integer(256);
      const decoded = decodeJpeg(file);
      if (!decoded) continue;
      kept += 1;
      expect(decoded).toEqual(await bySharp(file));
    }
    expect(kept).toBeGreaterThan(20);
  });

  it('that is cut short is left to sharp, and the next one is decoded as if nothing had been', async () => {
    const file = await written(drawn(50, 40, contents[0]), { quality: 95 });
    const whole = decodeJpeg(file);
    expect(whole).toEqual(await bySharp(file));
    for (let round = 0; round < 60; round++) {
      expect(decodeJpeg(file.subarray(0, Math.floor(uniform() * (file.length - 1))))).toBeUndefined();
      expect(decodeJpeg(file)).toEqual(whole);
    }
  });
});

describe('left to sharp', () => {
  it.each<[string, () => Promise<Uint8Array>]>([
    ['a progressive picture', () => written(drawn(40, 30), { progressive: true })],
    ['one in CMYK', () => written(drawn(40, 30).toColourspace('cmyk'))],
    ['one that is turned by Exif', () => written(drawn(40, 30).withMetadata({ orientation: 6 }))],
    ['one with a colour profile', () => written(drawn(40, 30).withIccProfile('p3'))],
    ['one with restarts', () => fixture('restarts.jpg')],
    ['one of a few columns', () => written(drawn(7, 30))],
    [
      'one of more than four million pixels',
      () =>
        written(
          drawn(2049, 2049, () => 200),
          { quality: 10 },
        ),
    ],
    [
      'one with a table of codes whose number is none, though no scan uses it',
      async () => withSegment(await written(noise()), 0xc4, codes(4)),
    ],
    ['one with a table of neither DC nor AC', async () => withSegment(await written(noise()), 0xc4, codes(0x20))],
    [
      'one with more codes than there are symbols, in a table that no scan uses',
      async () => withSegment(await written(noise()), 0xc4, codes(3, [0, 0, 0, 0, 0, 0, 0, 0, 0, 150, 150])),
    ],
    [
      'one with more columns than libjpeg reads',
      async () => {
        const file = await written(drawn(65_500, 1, () => 200).greyscale());
        const frame = contentOf(file, 0xc0);
        // The last MCU is of eight columns, of which the file has four.
        return file.with(frame + 3, 0xff).with(frame + 4, 0xdd);
      },
    ],
    [
      'one with products of more than 16 bits, where decoders differ between processors',
      async () => withFactors(await written(noise(), { quality: 100 }), (k) => (k === 63 ? 255 : undefined)),
    ],
    [
      'one whose columns have more than 16 bits, likewise',
      async () => withFactors(await written(noise(), { quality: 100 }), (k) => (k > 0 && k < 64 ? 24 : undefined)),
    ],
    [
      'one of samples four times as large as there are, likewise',
      async () =>
        withFactors(await written(drawn(40, 30, contents[2]), { quality: 100 }), (k) => (k === 0 ? 6 : undefined)),
    ],
    ['no JPEG', async () => new Uint8Array(await drawn(40, 30).png().toBuffer())],
  ])('%s', async (_, make) => {
    expect(decodeJpeg(await make())).toBeUndefined();
  });
});

it('keeps a table that no scan uses, as libjpeg does', async () => {
  const file = withSegment(await written(noise()), 0xc4, codes(0x13));
  expect(decodeJpeg(file)).toEqual(await bySharp(file));
});

it('is what its sources compile to: else npm run build:wasm -w @zoo/loaders', async () =>
  expect(Buffer.from(await compile('jpeg')).toString('base64')).toBe(base64));
