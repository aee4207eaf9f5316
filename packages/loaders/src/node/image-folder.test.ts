import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  batches,
  type Dataset,
  decodeImage,
  folderParts,
  imageFolder,
  imageFolders,
  listPictures,
  resize,
} from '../index.ts';
import { bmpFiles } from '../testing/bmp-files.ts';

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

  it('reads the first frame of GIF, and TIFF and AVIF', async () => {
    const frames = [0, 1].map((frame) => (frame === 0 ? halves(16, 8) : plain(16, 8, 'lime')).png().toBuffer());
    const moving = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    for (const [name, bytes, tolerance] of [
      ['moving GIF', moving, 0],
      ['TIFF', await halves(16, 8).tiff({ compression: 'lzw' }).toBuffer(), 0],
      ['TIFF of 16 bits', await halves(16, 8).toColourspace('rgb16').tiff().toBuffer(), 1],
      ['AVIF', await halves(16, 8).avif({ lossless: true }).toBuffer(), 3],
    ] as const) {
      const { height, width, channels, pixels } = await decodeImage(bytes, name);
      expect([name, height, width, channels]).toEqual([name, 8, 16, 3]);
      const difference = (place: number, colour: number[]) =>
        Math.max(...colour.map((value, c) => Math.abs((pixels[place * 3 + c] ?? -999) - value)));
      expect(difference(0, [255, 0, 0])).toBeLessThanOrEqual(tolerance);
      expect(difference(15, [0, 0, 255])).toBeLessThanOrEqual(tolerance);
    }
  });

  it('refuses GIF, TIFF and AVIF that are cut short', async () => {
    const noise = plain(64, 64, 'red').composite([{ input: await halves(32, 32).png().toBuffer() }]);
    for (const [format, bytes] of [
      ['GIF', await noise.clone().gif().toBuffer()],
      ['TIFF', await noise.clone().tiff({ compression: 'none' }).toBuffer()],
      ['AVIF', await noise.clone().avif().toBuffer()],
    ] as const)
      for (const share of [0.5, 0.8, 0.95])
        await expect(
          decodeImage(bytes.subarray(0, Math.floor(bytes.length * share)), `${format} ${share}`),
        ).rejects.toThrow(`${format} ${share}: damaged or cut short ${format} file (`);
  });

  it('names a format it does not take, whatever the file is called', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic....mif1heic')]);
    const file = await put('decode/really.png', heic);
    await expect(decodeImage(file)).rejects.toThrow(
      'really.png: it is a HEIC file, expected PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP; convert it to JPEG: on macOS by',
    );
    await expect(decodeImage(Buffer.from('<svg xmlns="..."/>'), 'x')).rejects.toThrow('x: it is an SVG file');
    // What only claims to be a WebP would be drawn as the SVG that it is.
    const disguised = Buffer.from('<svg    WEBP xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>');
    await expect(decodeImage(disguised, 'x')).rejects.toThrow('x: it is an SVG file');
    await expect(decodeImage(Buffer.from('hello'), 'x')).rejects.toThrow('x: it is no picture known here');
    await expect(decodeImage(new Uint8Array(), 'x')).rejects.toThrow('x: it is empty, expected PNG, JPEG, WebP');
    await expect(decodeImage(path.join(top, 'none.png'))).rejects.toThrow('none.png: no such file, expected a picture');
    await expect(decodeImage(top)).rejects.toThrow('is a folder, expected a picture');
  });

  it('knows what a download leaves that went wrong', async () => {
    const page = 'x: it is a web page, expected PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP; download the picture again';
    for (const [text, message] of [
      [
        'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
        'x: it is a pointer of Git LFS, not the picture itself',
      ],
      ['version https://git-lfs.github.com/spec/v1\noid sha256:0\n', '; run "git lfs pull" in its repository.'],
      ['<!DOCTYPE html><html><title>403 Forbidden</title></html>', page],
      ['\ufeff\n <!-- saved -->\n<HTML lang="en">', page],
      ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "">', page],
      [
        '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>',
        'x: it is an error of a server, expected PNG',
      ],
      ['', 'BMP; replace it.'],
    ] as const)
      await expect(decodeImage(Buffer.from(text), 'x')).rejects.toThrow(message);
  });

  it('does not call a picture damaged that is too large', async () => {
    const large = await plain(1, 1, 'red').png().toBuffer();
    large.writeUInt32BE(17_000, 16);
    large.writeUInt32BE(17_000, 20);
    large.writeUInt32BE(crc32(large.subarray(12, 29)), 29);
    await expect(decodeImage(large, 'large.png')).rejects.toThrow(
      /^large\.png: has 17000x17000 pixels in \d+ bytes, more than the \d{8} that are decoded\. Scale it down first\.$/,
    );
    const bitmap = Buffer.alloc(60);
    bitmap.write('BM');
    bitmap.writeUInt32LE(40, 14);
    bitmap.writeInt32LE(17_000, 18);
    bitmap.writeInt32LE(17_000, 22);
    bitmap.writeUInt16LE(8, 28);
    bitmap.writeUInt32LE(1, 30);
    await expect(decodeImage(bitmap, 'large.bmp')).rejects.toThrow(/^large\.bmp: has 17000x17000 pixels in 60 bytes/);
    const wide = await plain(5000, 4000, 'red').png().toBuffer();
    await expect(decodeImage(wide)).rejects.toThrow('has 5000x4000 pixels');
    expect(await decodeImage(wide, 'wide.png', { maxPixels: 2e7 })).toMatchObject({ width: 5000, height: 4000 });
  });

  it('lets a decoder see nothing but the format that was found', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>';
    await expect(decodeImage(Buffer.from(`RIFF    WEBP${svg}`), 'x.webp')).rejects.toThrow(
      /^x\.webp: damaged or cut short WebP file/,
    );
    await expect(decodeImage(Buffer.from(`GIF8${svg}`), 'x.gif')).rejects.toThrow(
      /^x\.gif: damaged or cut short GIF file/,
    );
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
      `${path.join('empty', 'class')}: 0 pictures, expected some of this class: PNG, JPEG`,
    );
  });
});

describe('what is left out', () => {
  it('is counted by ending, for a set and for a folder', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    const jpeg = await plain(2, 2, 'red').jpeg().toBuffer();
    for (const name of ['a', 'b']) {
      await put(`left/${name}/1.png`, png);
      await put(`left/${name}/2.JFIF`, jpeg);
      await put(`left/${name}/3.bmp`, bmpFiles()[0]?.file ?? png);
      for (const other of ['4.HEIC', '5.heic', 'notes.txt', 'README']) await put(`left/${name}/${other}`, png);
    }
    await put('left/stray.png', png);
    const notices: string[] = [];
    const folder = path.join(top, 'left');
    const set = await imageFolder(folder, { onNotice: (line) => notices.push(line) });
    expect(set.length).toBe(6);
    expect(notices).toEqual([
      `${folder}: 1 picture lies beside its sub-folders, of no class, and is left out.`,
      expect.stringContaining(
        `${folder}: 8 files are no pictures that can be read, and are left out: 4 .heic, 2 .txt, 2 without an ending. To have .heic read, convert it to JPEG`,
      ),
    ]);
    const { pictures, leftOut } = await listPictures(path.join(folder, 'a'));
    expect(pictures.map((file) => path.basename(file))).toEqual(['1.png', '2.JFIF', '3.bmp']);
    expect([...leftOut]).toEqual([
      ['.heic', 2],
      ['without an ending', 1],
      ['.txt', 1],
    ]);
    expect((await listPictures(folder, { deep: false })).pictures).toEqual([path.join(folder, 'stray.png')]);
    await put('only/a/1.png', png);
    await put('only/b/1.heic', png);
    await expect(imageFolder(path.join(top, 'only'))).rejects.toThrow(
      `${path.join('only', 'b')}: 0 pictures among its files (1 .heic), expected some of this class: PNG, JPEG`,
    );
  });

  it('is named where it cannot be had: links that lead nowhere, or back up', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (const file of ['cat/1.png', 'cat/2.png', 'dog/1.png']) await put(`lost/${file}`, png);
    const folder = path.join(top, 'lost');
    for (const i of [3, 4]) await symlink(path.join(top, 'gone.png'), path.join(folder, `dog/${i}.png`));
    await symlink('..', path.join(folder, 'cat/up'));
    await put('elsewhere/owl/1.png', png);
    await symlink(path.join(top, 'elsewhere/owl'), path.join(folder, 'owl'));
    await symlink(folder, path.join(top, 'elsewhere/owl/all'));
    const notices: string[] = [];
    const set = await imageFolder(folder, { onNotice: (line) => notices.push(line) });
    expect(Array.from({ length: set.length }, (_, i) => set.nameOf?.(i))).toEqual([
      'cat/1.png',
      'cat/2.png',
      'dog/1.png',
      'owl/1.png',
    ]);
    expect(notices).toEqual([
      `${folder}: left out: 1 link to a folder that it is in (cat/up), 2 broken links (dog/3.png, dog/4.png).`,
    ]);
    expect((await listPictures(folder)).unreadable.map(({ name }) => name)).toEqual([
      'cat/up',
      'dog/3.png',
      'dog/4.png',
    ]);
    await symlink(path.join(top, 'gone'), path.join(folder, 'bat'));
    for (const open of [imageFolder, imageFolders])
      await expect(open(folder)).rejects.toThrow(
        `${path.join(folder, 'bat')}: broken link, expected a folder that can be read. Fix or remove it.`,
      );
  });

  // Other systems keep no such names.
  it.runIf(process.platform === 'linux')('is named where its name is not UTF-8, and refused as a class', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (const file of ['cat/1.png', 'dog/1.png', 'owl/1.png']) await put(`latin/${file}`, png);
    const folder = path.join(top, 'latin');
    const latin = (name: string) => Buffer.from(path.join(folder, name), 'latin1');
    await writeFile(latin('cat/p\u00eaque.png'), png);
    const notices: string[] = [];
    const set = await imageFolder(folder, { onNotice: (line) => notices.push(line) });
    expect([set.length, notices]).toEqual([3, [`${folder}: left out: 1 name that is not UTF-8 (cat/p\ufffdque.png).`]]);
    await mkdir(latin('p\u00eara'));
    await expect(imageFolder(folder)).rejects.toThrow(
      'p\ufffdra: name that is not UTF-8, expected a folder that can be read. Rename it.',
    );
  });

  it('are silently only the files that systems leave: they are neither pictures nor classes', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (const file of [
      'a/1.png',
      'b/1.png',
      'a/._1.png',
      '__MACOSX/a/._1.png',
      '@eaDir/1.png/SYNOPHOTO_THUMB_M.png',
      'a/@eaDir/1.png/SYNOPHOTO_THUMB_M.png',
      'a/Thumbs.db',
      'b/desktop.ini',
      'b/1.png:Zone.Identifier',
      '.DS_Store',
      '$RECYCLE.BIN/1.png',
    ])
      await put(`systems/${file}`, png);
    const notices: string[] = [];
    const set = await imageFolder(path.join(top, 'systems'), { onNotice: (line) => notices.push(line) });
    expect({ classes: set.classes, length: set.length, notices }).toEqual({
      classes: ['a', 'b'],
      length: 2,
      notices: [],
    });
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

  it('holds out a share of every class where there is only one folder, and everybody stays on their side', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    const folder = path.join(top, 'three');
    for (let i = 0; i < 30; i++) for (const name of ['a', 'b']) await put(`three/${name}/${i}.png`, png);
    const namesIn = (set: Dataset) => Array.from({ length: set.length }, (_, index) => set.nameOf?.(index) ?? '');
    const open = async (seed = 0) => {
      const { training, test, parts } = await imageFolders(folder, { heldOut: 0.2, seed });
      expect([training.name, test.name, parts]).toEqual(['three/training', 'three/test', { training: folder }]);
      expect(new Set(Array.from({ length: test.length }, (_, i) => test.labelOf(i)))).toEqual(new Set([0, 1]));
      return { training: namesIn(training), test: namesIn(test) };
    };
    const before = await open();
    expect([...before.training, ...before.test].toSorted()).toEqual(
      Array.from({ length: 60 }, (_, i) => `${'ab'[i % 2]}/${Math.floor(i / 2)}.png`).toSorted(),
    );
    for (let i = 0; i < 10; i++) await put(`three/a/0${i}.png`, png);
    const after = await open();
    expect(after.training).toEqual(expect.arrayContaining(before.training));
    expect(after.test).toEqual(expect.arrayContaining(before.test));
    expect(after.training.length + after.test.length).toBe(70);
    expect((await open(1)).test).not.toEqual(after.test);
  });

  it('names pictures the same on every system, and hashes their files', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    // As HFS+ keeps them: letters and accents apart.
    for (const file of ['cafe\u0301/2024/e\u0301te\u0301.png', 'zoo/a.png']) await put(`names/${file}`, png);
    const set = await imageFolder(path.join(top, 'names'));
    expect([set.classes, set.nameOf?.(0), set.nameOf?.(1)]).toEqual([
      ['caf\u00e9', 'zoo'],
      'caf\u00e9/2024/\u00e9t\u00e9.png',
      'zoo/a.png',
    ]);
    expect((await set.example(0)).width).toBe(2);
    const sha256 = createHash('sha256').update(png).digest('hex');
    expect(await set.hashOf?.(0)).toBe(sha256);
    await rm(path.join(top, 'names/zoo/a.png'));
    await expect(set.hashOf?.(1)).rejects.toThrow('a.png: no such file');
    for (const name of ['\u00e9.png', 'e\u0301.png']) await put(`names/zoo/${name}`, png);
    // A file system that keeps one form has only one of them.
    if ((await readdir(path.join(top, 'names/zoo'))).length === 2)
      await expect(imageFolder(path.join(top, 'names'))).rejects.toThrow(
        'names: two pictures are called zoo/\u00e9.png, written in different forms of Unicode. Rename one of them.',
      );
  });

  /** Two classes of three pictures in each of these folders. */
  async function folders(name: string, ...parts: string[]): Promise<string> {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (const part of parts)
      for (const label of ['a', 'b']) for (let i = 0; i < 3; i++) await put(`${name}/${part}/${label}/${i}.png`, png);
    return path.join(top, name);
  }

  it('knows parts by their usual names, in any case and with the usual words beside them', async () => {
    for (const [train, test] of [
      ['train', 'valid'],
      ['Train', 'Test'],
      ['TRAIN', 'VAL'],
      ['training', 'testing'],
      ['training_set', 'test_set'],
      ['Training Data', 'Validation Data'],
      ['trainset', 'testset'],
      ['trainImages', 'testImages'],
      ['train2017', 'val2017'],
      ['seg_train', 'seg_test'],
      ['pets-train', 'pets-eval'],
      ['train', 'dev'],
      ['train', 'holdout'],
    ] as const) {
      const { training, test: other } = await imageFolders(await folders(`parts-${train}-${test}`, train, test));
      expect([training.name, other.name, training.classes]).toEqual([train, test, ['a', 'b']]);
    }
  });

  it('says what it leaves out, and takes pictures without classes for none to test on', async () => {
    const notices: string[] = [];
    const onNotice = (line: string) => notices.push(line);
    const three = await folders('three-parts', 'train', 'val', 'test', 'more');
    expect((await imageFolders(three, { onNotice })).test.name).toBe('test');
    expect(notices.splice(0)).toEqual([`${three}: trains on train, tests on test; more, val left out.`]);
    const flat = await folders('flat-test', 'train');
    await put('flat-test/test1/1.png', await plain(2, 2, 'red').png().toBuffer());
    const { training, test } = await imageFolders(flat, { onNotice });
    expect([training.name, training.length, test.length]).toEqual(['train/training', 4, 2]);
    expect(notices).toEqual([
      `${path.join(flat, 'test1')}: has no sub-folders, so its pictures have no class, and are left out.`,
    ]);
  });

  it('goes into a folder that holds nothing but another one', async () => {
    const notices: string[] = [];
    const wrapped = await folders('wrapped', 'archive/pets');
    const { training } = await imageFolders(wrapped, { onNotice: (line) => notices.push(line) });
    expect([training.name, training.classes]).toEqual(['pets/training', ['a', 'b']]);
    expect(notices).toEqual([
      `${wrapped}: holds nothing but ${path.join('archive', 'pets')}, whose sub-folders are taken.`,
    ]);
    const twice = await folders('twice', 'seg_train/seg_train', 'seg_test/seg_test');
    expect((await imageFolders(twice)).test.classes).toEqual(['a', 'b']);
    expect((await imageFolders(await folders('only-train', 'train'))).training.classes).toEqual(['a', 'b']);
    expect(await folderParts(twice)).toEqual({
      training: path.join(twice, 'seg_train', 'seg_train'),
      test: path.join(twice, 'seg_test', 'seg_test'),
    });
  });

  it('refuses parts that it does not know instead of learning them as classes, until they are named', async () => {
    const unknown = await folders('unknown-parts', 'lernen', 'pruefen');
    for (const open of [imageFolder, imageFolders])
      await expect(open(unknown)).rejects.toThrow(
        `${unknown}: lernen and pruefen hold the same sub-folders (a, b), as parts do, and not classes. Say which part is for training and which for testing: options training and test.`,
      );
    const { training, test } = await imageFolders(unknown, { training: 'lernen', test: path.join(unknown, 'pruefen') });
    expect([training.name, test.name, training.classes]).toEqual(['lernen', 'pruefen', ['a', 'b']]);
    await expect(imageFolders(unknown, { training: 'lernen' })).rejects.toThrow('expected both or none');
    await expect(imageFolders(await folders('two-pairs', 'x_train', 'x_test', 'y_train', 'y_test'))).rejects.toThrow(
      'x_train and y_train are both named as a training part. Keep one',
    );
    // Parts inside of the classes.
    const inside = path.join(top, 'inside');
    for (const file of ['cat/train', 'cat/test', 'dog/train', 'dog/test'])
      await put(`inside/${file}/1.png`, await plain(2, 2, 'red').png().toBuffer());
    await expect(imageFolders(inside)).rejects.toThrow('cat and dog hold the same sub-folders (test, train)');
  });

  it('takes a training part that is alone beside pictures of no class', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (const [train, other] of [
      ['train', 'unlabeled'],
      ['labeled', 'Unlabelled_Images'],
      ['seg_train', 'pred'],
      ['train', 'extra'],
      ['train', 'test1'],
    ] as const) {
      const folder = await folders(`alone-${train}-${other}`, train);
      await put(`alone-${train}-${other}/${other}/${other === 'pred' ? '1.txt' : '1.png'}`, png);
      const notices: string[] = [];
      const { training } = await imageFolders(folder, { onNotice: (line) => notices.push(line) });
      expect([training.name, training.classes, notices.length]).toEqual([`${train}/training`, ['a', 'b'], 1]);
      expect(notices[0]).toContain(other);
    }
    const labelled = await imageFolders(await folders('labelled-parts', 'train_labeled', 'test_labeled'));
    expect([labelled.training.name, labelled.test.name]).toEqual(['train_labeled', 'test_labeled']);
  });

  it('refuses sub-folders of pictures beside a folder that has none, and says what to give', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    const mixed = await folders('mixed', 'annotiert');
    for (const i of [1, 2]) await put(`mixed/rest/${i}.png`, png);
    for (const open of [imageFolder, imageFolders])
      await expect(open(mixed)).rejects.toThrow(
        `${mixed}: annotiert holds sub-folders (a, b) and rest only pictures, so that annotiert looks like a part with classes of its own. If its sub-folders are the classes, give ${path.join(mixed, 'annotiert')} instead.`,
      );
    // A train may be a vehicle.
    await folders('mixed-vehicles', 'train');
    for (const i of [1, 2]) await put(`mixed-vehicles/bus/${i}.png`, png);
    await expect(imageFolders(path.join(top, 'mixed-vehicles'))).rejects.toThrow('train looks like a part');
    // Pictures beside sub-folders, or one sub-folder, are those of a class.
    for (const file of ['x/1.png', 'x/y/2.png', 'x/z/3.png', 'y/more/1.png', 'z/1.png']) await put(`deep/${file}`, png);
    expect((await imageFolder(path.join(top, 'deep'))).length).toBe(5);
  });

  it('takes classes that are called like parts, or have one sub-folder each', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (const name of ['bus', 'train', 'tram'])
      for (const i of [1, 2]) await put(`vehicles/${name}/images/${i}.png`, png);
    const { training } = await imageFolders(path.join(top, 'vehicles'));
    expect(training.classes).toEqual(['bus', 'train', 'tram']);
  });

  it('says what to do with tables of labels, archives and loose pictures', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (const i of [1, 2, 3]) await put(`kaggle/train/${i}.png`, png);
    await put('kaggle/train.csv', Buffer.from('id,label\n1,cat\n'));
    await expect(imageFolders(path.join(top, 'kaggle'))).rejects.toThrow(
      'kaggle: has one class, train, expected at least two. It holds train.csv: if the classes of the pictures stand there, move each picture into a sub-folder named after its class.',
    );
    for (const name of ['train.zip', 'test.zip']) await put(`zipped/${name}`, Buffer.from('PK'));
    await expect(imageFolders(path.join(top, 'zipped'))).rejects.toThrow(
      'zipped: 0 sub-folders, expected one of pictures a class. It holds test.zip, train.zip: unpack them first.',
    );
    for (const name of ['cat1.png', 'dog1.png']) await put(`loose-only/${name}`, png);
    await expect(imageFolder(path.join(top, 'loose-only'))).rejects.toThrow(
      'one of pictures a class. Its 2 pictures lie beside sub-folders: move each into one named after its class.',
    );
  });

  it('refuses one class, and classes of one picture; of two it holds one out', async () => {
    const png = await plain(2, 2, 'red').png().toBuffer();
    for (const i of [1, 2, 3]) await put(`one-class/cat/${i}.png`, png);
    await expect(imageFolders(path.join(top, 'one-class'))).rejects.toThrow(
      'one-class: has one class, cat, expected at least two.',
    );
    for (const file of ['a/1.png', 'a/2.png', 'b/1.png']) await put(`few/${file}`, png);
    await expect(imageFolders(path.join(top, 'few'))).rejects.toThrow(
      `${path.join('few', 'b')}: has 1 picture that can be used, expected at least 2, to train on and to test on. Add some,`,
    );
    await put('all-few/c/1.png', png);
    await put('all-few/d/1.png', png);
    await expect(imageFolders(path.join(top, 'all-few'))).rejects.toThrow(
      `${path.join('all-few', 'c')}: has 1 picture that can be used, and so have d, expected`,
    );
    await put('few/b/2.png', png);
    const { training, test } = await imageFolders(path.join(top, 'few'));
    expect([0, 1].map((i) => [training.labelOf(i), test.labelOf(i)])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});
