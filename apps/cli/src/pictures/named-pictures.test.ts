import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namedPictures, requirePictures } from './named-pictures.ts';
import { truthOf, unknownFoldersNotice } from './truth.ts';

let folder = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const files = [
  'cat/1.png',
  'cat/2.JPG',
  'cat/old/3.png',
  'dog/1.png',
  'Great white shark/a.png',
  'notes/4.png',
  'dog-9.png',
  '._dog-9.png',
  'text.txt',
];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-named-'));
  for (const file of files) {
    await mkdir(path.dirname(inFolder(file)), { recursive: true });
    await writeFile(inFolder(file), 'x');
  }
});
afterAll(() => rm(folder, { recursive: true }));

const found = async (...given: string[]) =>
  (await namedPictures(given, () => {})).map(({ name }) => path.relative(folder, name).split(path.sep).join('/'));

describe('pictures that somebody named', () => {
  it('are files, and all that is in folders, at any depth', async () => {
    const notices: string[] = [];
    expect(await found(inFolder('cat', '1.png'), inFolder('dog'))).toEqual(['cat/1.png', 'dog/1.png']);
    const all = await namedPictures([folder], (line) => notices.push(line));
    expect(all).toHaveLength(7);
    expect(notices).toEqual([
      expect.stringContaining('1 file is no picture that can be read, and is left out: 1 .txt'),
    ]);
  });

  it.each([
    ['cat/*.png', ['cat/1.png']],
    ['*/1.png', ['cat/1.png', 'dog/1.png']],
    ['**/*.png', ['Great white shark/a.png', 'cat/1.png', 'cat/old/3.png', 'dog-9.png', 'dog/1.png', 'notes/4.png']],
    ['{cat,dog}/[12].*', ['cat/1.png', 'cat/2.JPG', 'dog/1.png']],
    ['[!cd]*/?.png', ['Great white shark/a.png', 'notes/4.png']],
    ['ca?', ['cat/1.png', 'cat/2.JPG', 'cat/old/3.png']],
    ['*.png', ['dog-9.png']],
    ['dog*', ['dog-9.png', 'dog/1.png']],
  ])('match the pattern %s as in a shell', async (pattern, expected) => {
    expect((await found(inFolder(pattern))).toSorted()).toEqual(expected);
  });

  it('are refused where there are none, before anything is computed', async () => {
    await expect(found(inFolder('*.webp'))).rejects.toThrow('*.webp: no picture has a name of that pattern.');
    expect(() => requirePictures([inFolder('none.png')])).toThrow(
      'none.png: no such file or folder, expected a picture',
    );
    expect(() => requirePictures(['-', '-'])).toThrow('-: standard input holds one picture, not several.');
    expect(() => requirePictures(['http://localhost/a.png', '*.png', folder])).not.toThrow();
  });
});

describe('what pictures show', () => {
  const labels = ['cat', 'dog', 'great-white/shark'];

  it('is told by their folders, as training reads them, else by their names', async () => {
    const truths = async (...given: string[]) =>
      (await namedPictures(given, () => {})).map((picture) => truthOf(picture, labels));
    expect(await truths(folder)).toEqual(['dog', 'great-white/shark', 'cat', 'cat', 'cat', 'dog', undefined]);
    expect(await truths(inFolder('cat', '1.png'), inFolder('dog'), inFolder('c*'))).toEqual([
      'cat',
      'dog',
      ...['cat', 'cat', 'cat'],
    ]);
    expect(truthOf({ name: 'https://example.org/a/dog-1.png?x=cat-1.png', folders: [] }, labels)).toBe('dog');
    expect(truthOf({ name: '-', folders: [] }, labels)).toBeUndefined();
  });

  it('is said not to be known where a folder is no class', async () => {
    const pictures = await namedPictures([folder], () => {});
    const truths = pictures.map((picture) => truthOf(picture, labels));
    expect(unknownFoldersNotice(pictures, truths, 'runs/first')).toBe(
      'notes: is no class of runs/first, so what 1 picture in there shows is not known.',
    );
    expect(unknownFoldersNotice(pictures.slice(0, 2), truths, 'runs/first')).toBeUndefined();
  });
});
