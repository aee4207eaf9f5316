import { mkdir, mkdtemp, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batches, decodeImage, imageFolder, imageFolders, resize } from '../index.ts';

let top: string;
beforeAll(async () => {
  top = await mkdtemp(path.join(os.tmpdir(), 'zoo-pictures-'));
});
afterAll(() => rm(top, { recursive: true, force: true }));

const plain = (width: number, height: number, colour: string) =>
  sharp({ create: { width, height, channels: 3, background: colour } });

async function put(file: string, bytes: Uint8Array): Promise<string> {
  const whole = path.join(top, file);
  await mkdir(path.dirname(whole), { recursive: true });
  await writeFile(whole, bytes);
  return whole;
}

/** Left half red, right half blue. */
const halves = (width: number, height: number) =>
  plain(width, height, 'red').composite([
    { input: { create: { width: width / 2, height, channels: 3, background: 'blue' } }, left: width / 2, top: 0 },
  ]);

describe('decodeImage', () => {
  it('reads PNG, JPEG and WebP from bytes and from files', async () => {
    for (const [name, bytes, tolerance] of [
      ['a.png', await halves(16, 8).png().toBuffer(), 0],
      ['a.jpg', await halves(16, 8).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(), 3],
      ['a.webp', await halves(16, 8).webp({ lossless: true }).toBuffer(), 0],
    ] as const) {
      for (const source of [bytes, await put(`decode/${name}`, bytes)]) {
        const image = await decodeImage(source);
        expect([image.height, image.width, image.channels, image.pixels.length]).toEqual([8, 16, 3, 384]);
        const difference = (place: number, colour: number[]) =>
          Math.max(...colour.map((value, c) => Math.abs((image.pixels[place * 3 + c] ?? -999) - value)));
        expect(difference(0, [255, 0, 0])).toBeLessThanOrEqual(tolerance);
        expect(difference(15, [0, 0, 255])).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  it('turns a picture as its EXIF orientation says', async () => {
    // 6: the first row is the right side. Turned upright, red comes to lie above blue.
    const turned = await decodeImage(await halves(16, 8).withMetadata({ orientation: 6 }).png().toBuffer());
    expect([turned.height, turned.width]).toEqual([16, 8]);
    expect(Array.from(turned.pixels.subarray(0, 3))).toEqual([255, 0, 0]);
    expect(Array.from(turned.pixels.subarray(-3))).toEqual([0, 0, 255]);
  });

  it('makes RGB bytes of greys, 16 bits and transparency', async () => {
    const grey = await decodeImage(await plain(2, 2, '#505050').toColourspace('b-w').png().toBuffer());
    expect(Array.from(grey.pixels)).toEqual(Array(12).fill(0x50));
    const deep = await decodeImage(await plain(2, 2, '#ff8000').toColourspace('rgb16').png().toBuffer());
    expect(Array.from(deep.pixels.subarray(0, 3))).toEqual([255, 128, 0]);
    const clear = {
      create: { width: 2, height: 2, channels: 4, background: { r: 10, g: 20, b: 30, alpha: 0 } },
    } as const;
    const dropped = await decodeImage(await sharp(clear).png().toBuffer());
    expect(Array.from(dropped.pixels)).toEqual([10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30]);
  });

  it('refuses every truncated file', async () => {
    const noise = sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
        background: 'red',
      },
    });
    for (const [name, bytes] of [
      ['JPEG', await noise.clone().jpeg().toBuffer()],
      ['PNG', await noise.clone().png().toBuffer()],
      ['WebP', await noise.clone().webp().toBuffer()],
    ] as const) {
      for (const share of [0.1, 0.5, 0.9, 0.99]) {
        const cut = bytes.subarray(0, Math.floor(bytes.length * share));
        await expect(decodeImage(cut, 'half.x')).rejects.toThrow(`half.x: damaged or cut short ${name} file (`);
      }
    }
  });

  it('names a damaged file and its path', async () => {
    const file = await put('decode/cut.jpg', await halves(64, 64).jpeg().toBuffer());
    await truncate(file, Math.floor((await stat(file)).size / 2));
    await expect(decodeImage(file)).rejects.toMatchObject({
      code: 'corrupt-file',
      message: expect.stringContaining(file),
    });
    const png = await halves(64, 64).png().toBuffer();
    png.fill(0x55, 60, 90);
    await expect(decodeImage(png)).rejects.toThrow('picture: damaged or cut short PNG file');
  });

  it('names a format it does not take, whatever the file is called', async () => {
    const gif = await put('decode/really.png', await halves(4, 4).gif().toBuffer());
    await expect(decodeImage(gif)).rejects.toThrow(
      'really.png: it is a GIF file, expected PNG, JPEG or WebP; convert it first.',
    );
    await expect(decodeImage(await halves(4, 4).tiff().toBuffer(), 'x')).rejects.toThrow('x: it is a TIFF file');
    await expect(decodeImage(Buffer.from('<svg xmlns="..."/>'), 'x')).rejects.toThrow('x: it is a SVG file');
    await expect(decodeImage(Buffer.from('hello'), 'x')).rejects.toThrow('x: it is no picture known here');
    await expect(decodeImage(new Uint8Array(), 'x')).rejects.toThrow('x: it is empty, expected PNG, JPEG or WebP');
    await expect(decodeImage(path.join(top, 'none.png'))).rejects.toThrow('none.png: no such file, expected a PNG');
    await expect(decodeImage(top)).rejects.toThrow('it is a folder, expected a PNG');
  });
});

describe('imageFolder', () => {
  it('has a class a sub-folder and decodes lazily', async () => {
    await put('set/dog/2.png', await plain(4, 4, 'lime').png().toBuffer());
    await put('set/dog/10.JPG', await plain(4, 4, 'lime').jpeg().toBuffer());
    await put('set/dog/deep/3.webp', await plain(4, 4, 'lime').webp({ lossless: true }).toBuffer());
    await put('set/dog/notes.txt', Buffer.from('not a picture'));
    await put('set/Cat/1.png', await plain(6, 2, 'blue').png().toBuffer());
    await put('set/Cat/broken.png', Buffer.from('nothing'));
    await put('set/.hidden/1.png', Buffer.from('nothing'));
    await symlink(path.join(top, 'set/Cat/1.png'), path.join(top, 'set/dog/link.png'));
    await symlink(path.join(top, 'set/dog'), path.join(top, 'set/dog/deep/round'));
    const set = await imageFolder(path.join(top, 'set'));
    expect([set.name, set.classes, set.length, set.channels]).toEqual(['set', ['Cat', 'dog'], 6, 3]);
    expect(Array.from({ length: 6 }, (_, i) => set.labelOf(i))).toEqual([0, 0, 1, 1, 1, 1]);
    expect(await set.example(0)).toMatchObject({ label: 0, height: 2, width: 6, channels: 3 });
    expect((await set.example(3)).pixels).toEqual(Uint8Array.from(Array(16).fill([0, 255, 0]).flat()));
    await expect(Promise.resolve(set.example(1))).rejects.toThrow(
      `${path.join('Cat', 'broken.png')}: it is no picture known here`,
    );
    await rm(path.join(top, 'set/Cat/broken.png'));
    const all = [];
    const whole = await imageFolder(path.join(top, 'set'));
    for await (const batch of batches(whole, { batchSize: 3, transforms: [resize(2, 2)] })) all.push(batch);
    expect(all.map(({ shape, labels }) => [shape, Array.from(labels)])).toEqual([
      [
        [3, 2, 2, 3],
        [0, 1, 1],
      ],
      [
        [2, 2, 2, 3],
        [1, 1],
      ],
    ]);
    expect(Array.from(all[0]?.images.subarray(0, 3) ?? [])).toEqual([0, 0, 255]);
  });

  it('names a folder that is none, has no classes, or an empty class', async () => {
    await mkdir(path.join(top, 'empty/class'), { recursive: true });
    const file = await put('file', await readFile(new URL(import.meta.url)));
    await expect(imageFolder(path.join(top, 'none'))).rejects.toThrow(
      'none: no such folder, expected a folder with one sub-folder',
    );
    await expect(imageFolder(file)).rejects.toThrow('it is a file, expected a folder');
    await expect(imageFolder(path.join(top, 'empty/class'))).rejects.toThrow(
      '0 sub-folders, expected one of pictures a class.',
    );
    await expect(imageFolder(path.join(top, 'empty'))).rejects.toThrow(
      `${path.join('empty', 'class')}: 0 PNG, JPEG or WebP pictures`,
    );
  });
});

describe('imageFolders', () => {
  it('takes train and test, or val', async () => {
    for (const [set, name] of [
      ['one', 'test'],
      ['two', 'val'],
    ] as const) {
      for (const part of ['train', name]) {
        await put(`${set}/${part}/a/1.png`, await plain(2, 2, 'red').png().toBuffer());
        await put(`${set}/${part}/b/1.png`, await plain(2, 2, 'red').png().toBuffer());
      }
      const { training, test } = await imageFolders(path.join(top, set));
      expect([training.name, test.name, training.length, test.length]).toEqual(['train', name, 2, 2]);
    }
    await put('one/test/c/1.png', await plain(2, 2, 'red').png().toBuffer());
    await expect(imageFolders(path.join(top, 'one'))).rejects.toThrow(
      `${path.join('one', 'test')}: classes are a, b, c, expected a, b as in train; give both the same sub-folders.`,
    );
  });

  it('holds out a share of every class where there is only one folder', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (let i = 0; i < 10; i++) for (const name of ['a', 'b']) await put(`three/${name}/${i}.png`, png);
    const { training, test } = await imageFolders(path.join(top, 'three'), { heldOut: 0.2 });
    expect([training.name, training.length, test.name, test.length]).toEqual(['three/training', 16, 'three/test', 4]);
    expect(Array.from({ length: 4 }, (_, i) => test.labelOf(i))).toEqual([0, 0, 1, 1]);
  });
});
