import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ofKind } from '@zoo/testing/complete';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackedRun, type Reference, referenceRun } from './kills/attacked-run.ts';
import { cases } from './kills/cases.ts';
import type { Attack } from './kills/run-program.ts';

const kill = (at: number): Attack => ({ how: 'kill', at });
const full = (at: number): Attack => ({ how: 'full', at });

// The second keeps every kind of state that a training can have; the third has threads that are killed with it.
const attacked = ['cifar10-quick-wasm', 'refined-wasm', 'workers-wasm'];

describe.each(ofKind(attacked, (name) => name !== 'cifar10-quick-wasm'))('%s', (name) => {
  let folder = '';
  let reference: Reference;
  let chosen: Awaited<ReturnType<typeof cases>>[number];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-kills-'));
    const found = (await cases(path.join(folder, 'pictures'), ['wasm'])).find((one) => one.name === name);
    if (!found) throw new Error('no such case');
    chosen = found;
    reference = await referenceRun(chosen, folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  // Where what happens at these numbers of the undisturbed run: `referenceRun` writes them into a file.
  it.each([
    ['before it has begun', [kill(2), kill(5), kill(15), kill(19)]],
    ['around its first checkpoint', [kill(30), full(20), kill(45), kill(12)]],
    ['while it leaves its results', [kill(100), full(25), kill(30), kill(20)]],
  ])('a training that is attacked %s comes to the same end, with nothing left over', async (_, attacks) => {
    const { hits, faults } = await attackedRun(chosen, reference, path.join(folder, 'run'), attacks);
    expect(faults).toEqual([]);
    expect(hits.length).toBeGreaterThan(1);
  });
});
