import { rm } from 'node:fs/promises';
import { complete } from '@zoo/testing/complete';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bomb } from './hostile/bomb.ts';
import { bombs } from './hostile/bombs.ts';
import { buildWorker } from './hostile/reader-process.ts';
import { mutations, type ReaderResult, runReaders } from './hostile/run-readers.ts';

// Files that were made to do harm, and good ones with something wrong, each read in a process with a heap of 256 MB. The long forms
// are `node checks/run.mjs tests/hostile/run.ts`. Those judge the time too; here memory and the end are judged, since a test asserts no time.

let worker = '';
beforeAll(async () => {
  worker = await buildWorker();
});
afterAll(() => rm(worker, { force: true }));

/** What is wrong with how they ended. */
async function wrongOf(some: Iterable<Bomb> | AsyncIterable<Bomb>): Promise<string[]> {
  const wrong: string[] = [];
  const note = ({ name, wrong: found }: ReaderResult) => {
    if (found !== undefined) wrong.push(`${name}: ${found}`);
  };
  await runReaders(some, worker, note, Number.POSITIVE_INFINITY);
  return wrong;
}

it('there are at least 200 bombs, each of a name of its own', () => {
  expect(bombs.length).toBeGreaterThanOrEqual(200);
  expect(new Set(bombs.map(({ name }) => name)).size).toBe(bombs.length);
});

const every = complete ? 5 : 15;

it(`a bomb takes 64 MB with four times the file at most, and ends in a ZooError or a right result: one of ${every}`, async () => {
  expect(await wrongOf(bombs.filter((_, index) => index % every === 0))).toEqual([]);
}, 3_600_000);

it('so does a good file with something wrong that its lengths and checksums do not show', async () => {
  expect(await wrongOf(mutations([0, complete ? 2 : 1], /./))).toEqual([]);
}, 3_600_000);
