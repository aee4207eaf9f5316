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
    ['no JPEG', async () => new Uint8Array(await drawn(40, 30).png().toBuffer())],
  ])('%s', async (_, make) => {
    expect(decodeJpeg(await make())).toBeUndefined();
  });
});

it('is what its sources compile to: else npm run build:wasm -w @zoo/loaders', async () =>
  expect(Buffer.from(await compile('jpeg')).toString('base64')).toBe(base64));
