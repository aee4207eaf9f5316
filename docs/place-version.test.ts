import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { placeVersion } from './place-version.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-docs-'));
  await mkdir(path.join(folder, 'built'));
  await writeFile(path.join(folder, 'built', 'index.html'), 'the guide');
});
afterAll(() => rm(folder, { recursive: true }));

it('keeps a folder a version, and leads to the newest', async () => {
  const [built, site] = [path.join(folder, 'built'), path.join(folder, 'site')];
  await placeVersion(built, site, '0.9');
  await placeVersion(built, site, '0.10');
  expect(await placeVersion(built, site, '0.2')).toEqual(['0.10', '0.9', '0.2']);
  expect(await readFile(path.join(site, '0.9', 'index.html'), 'utf8')).toBe('the guide');
  expect(await readFile(path.join(site, 'index.html'), 'utf8')).toContain('url=./0.10/');
  expect(JSON.parse(await readFile(path.join(site, 'versions.json'), 'utf8'))).toEqual(['0.10', '0.9', '0.2']);
});

it('refuses what is no version', async () => {
  await expect(placeVersion(folder, folder, '../x')).rejects.toThrow('expected a version such as 0.1.');
});
