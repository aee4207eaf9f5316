import { createContext, runInContext } from 'node:vm';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage, type PictureSource, pictureOf } from './picture-of.ts';

const raw = { width: 2, height: 1, channels: 3 } as const;
const pixels = Uint8Array.of(1, 2, 3, 40, 50, 60);
const png = new Uint8Array(await sharp(pixels, { raw }).png().toBuffer());
const base64 = Buffer.from(png).toString('base64');

/** A value of another realm, as in the sandbox of a test runner or from another frame. */
const elsewhere = (code: string): PictureSource => runInContext(code, createContext({ bytes: [...png] }));

/** Called as from JavaScript, where no type stands in the way. */
const untyped = async (take: (source: never) => Promise<unknown>, source: unknown): Promise<unknown> =>
  Reflect.apply(take, undefined, [source]);

describe('pictureOf', () => {
  it.each<[string, () => PictureSource]>([
    ['bytes', () => png],
    ['a File', () => new File([png], 'a.png')],
    ['bytes of another realm', () => elsewhere('Uint8Array.from(bytes)')],
    ['a buffer of another realm', () => elsewhere('Uint8Array.from(bytes).buffer')],
    ['a data: address', () => `data:image/png;base64,${base64}`],
    ['a data: URL', () => new URL(`data:image/png;base64,${base64}`)],
    ['a blob: address', () => URL.createObjectURL(new Blob([png]))],
  ])('takes %s', async (_, source) => {
    expect(await pictureOf(source())).toEqual({ ...raw, pixels });
  });

  it('says in a line what it cannot read, however long the address is', async () => {
    const long = `data:image/png;base64,${'AAAA'.repeat(10_000)}`;
    await expect(pictureOf(long)).rejects.toThrow(/^a data: address: it is no picture known here, expected .{0,80}$/);
    await expect(pictureOf('data:image/png;base64,?')).rejects.toThrow(/^a data: address: cannot be read\. A blob:/);
    await expect(pictureOf('blob:nodedata:gone')).rejects.toMatchObject({ code: 'not-found' });
    await expect(pictureOf('ftp://example.com/a.png')).rejects.toThrow(
      'ftp://example.com/a.png: is no address that can be read, expected http:, https:, file:, data: or a path.',
    );
  });

  it('says of the address of a file what is wrong with it', async () => {
    for (const source of ['file:///a%zz.png', new URL('file:///a%zz.png')])
      await expect(pictureOf(source)).rejects.toThrow(
        'file:///a%zz.png: names no file of this machine (URI malformed).',
      );
  });

  it.each([
    [null, 'null is'],
    [undefined, 'a value of type undefined is'],
    [3, 'a value of type number is'],
  ])('is not given %o', async (source, what) => {
    for (const [name, take] of Object.entries({ pictureOf, decodeImage }))
      await expect(untyped(take, source)).rejects.toThrow(`${name}: ${what} no source of a picture. Expected `);
  });
});
