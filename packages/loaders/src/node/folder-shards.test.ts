import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderShards } from '../folder.ts';

let top = '';
beforeAll(async () => {
  top = await mkdtemp(path.join(os.tmpdir(), 'zoo-folder-shards-'));
});
afterAll(() => rm(top, { recursive: true }));

/** A folder of empty files of these names. */
async function folderOf(name: string, files: readonly string[]): Promise<string> {
  for (const file of files) {
    const place = path.join(top, name, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, '');
  }
  return path.join(top, name);
}

/** Its shards, by their names in it. */
async function found(name: string, files: readonly string[]) {
  const notices: string[] = [];
  const folder = await folderOf(name, files);
  const parts = await folderShards(folder, { onNotice: (one) => notices.push(one.replace(top, '')) });
  const relative = (some: readonly string[]) => some.map((one) => path.relative(folder, one).split(path.sep).join('/'));
  return parts && { training: relative(parts.training), test: parts.test && relative(parts.test), notices };
}

describe('folderShards', () => {
  it('takes all for training where no name tells the parts', async () => {
    expect(await found('plain', ['b.tar', 'a.tar.gz', 'c.tgz', 'classnames.txt'])).toEqual({
      training: ['a.tar.gz', 'b.tar', 'c.tgz'],
      test: undefined,
      notices: [],
    });
  });

  it('knows the parts by words in the names of shards', async () => {
    expect(await found('named', ['imagenet-train-00.tar', 'imagenet-train-01.tar', 'imagenet-val-00.tar'])).toEqual({
      training: ['imagenet-train-00.tar', 'imagenet-train-01.tar'],
      test: ['imagenet-val-00.tar'],
      notices: [],
    });
  });

  it('knows them by sub-folders, a test part before one for validation, and says what is left out', async () => {
    expect(await found('folders', ['train/0.tar', 'val/0.tar', 'test/0.tar', 'meta/notes.txt'])).toEqual({
      training: ['train/0.tar'],
      test: ['test/0.tar'],
      notices: ['/folders: trains on train; left out: val.'],
    });
  });

  it('finds none in a folder of pictures, whatever archives lie beside them', async () => {
    expect(await found('pictures', ['cat/1.jpg', 'dog/1.jpg', 'backup.tar'])).toBeUndefined();
    expect(await found('parts', ['train/cat/1.jpg', 'test/cat/1.jpg', 'raw/0.tar'])).toBeUndefined();
    expect(await found('unnamed', ['one/0.tar', 'two/0.tar'])).toBeUndefined();
    expect(await found('nothing', ['notes.txt'])).toBeUndefined();
    await expect(folderShards(path.join(top, 'gone'))).rejects.toThrow('no such folder, expected a folder with tar');
  });
});
