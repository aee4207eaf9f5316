import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

let top = '';
beforeAll(async () => {
  top = await mkdtemp(path.join(tmpdir(), 'zoo-make-'));
});
afterAll(() => rm(top, { recursive: true }));

it('makes the folders that are missing, and says which', async () => {
  const [a, b] = [path.join(top, 'a'), path.join(top, 'a', 'b')];
  expect(await makeFolder(b)).toEqual([a, b]);
  expect(await makeFolder(b)).toEqual([]);
  expect(await makeFolder(path.join(b, '..', 'c'))).toEqual([path.join(a, 'c')]);
});

it('makes one folder when two ask for it at once', async () => {
  const folder = path.join(top, 'twice', 'deep');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(folder)]);
  expect(existsSync(folder)).toBe(true);
});

it('fails where a file stands in the way', async () => {
  await writeFile(path.join(top, 'file'), '');
  await expect(makeFolder(path.join(top, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(path.join(top, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeFolder(path.join(top, 'n'.repeat(300), 'x'))).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
});

it('fails at once in a file system that has no folders to make', { timeout: 5000 }, async () => {
  if (!existsSync('/proc/self')) {
    console.warn('Not tried: this system has no /proc, whose folders cannot be made.');
    return;
  }
  await expect(makeFolder('/proc/zoo/run')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(writeFileAtomically('/proc/zoo/run/file', 'x')).rejects.toThrow(
    '/proc/zoo/run/file: cannot be written, its folder cannot be made there: choose another folder (ENOENT).',
  );
});
