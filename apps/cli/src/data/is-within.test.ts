import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isWithin } from './is-within.ts';

let top = '';
beforeAll(async () => {
  top = await mkdtemp(path.join(os.tmpdir(), 'zoo-within-'));
  await mkdir(path.join(top, 'data', 'red'), { recursive: true });
  await symlink(path.join(top, 'data'), path.join(top, 'link'));
});
afterAll(() => rm(top, { recursive: true, force: true }));

it.each([
  ['data', true],
  ['data/red', true],
  ['data/red/new/run', true],
  ['link/red', true],
  ['link/new', true],
  ['data/..data', true],
  ['data-2', false],
  ['.', false],
  ['link/../other', false],
])('data holds %s: %s', (place, expected) => {
  expect(isWithin(path.join(top, 'data'), path.join(top, place))).toBe(expected);
});
