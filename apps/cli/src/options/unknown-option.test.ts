import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { zoo, zooIn } from '../testing/zoo.ts';

describe('an option that a command does not have', () => {
  it.each([
    [['classify', 'a', 'b', '--report', 'x.html'], 'classify has no option --report; eval, compare have one.'],
    [['summary', 'alexnet/paper', '--json'], 'summary has no option --json, it has --style json.'],
    [['train', '--epoch', '3'], "unknown option '--epoch'. Did you mean --epochs?"],
  ])('%j', async (args, expected) => {
    const { code, err } = await zoo(...args);
    expect(code).toBe(2);
    expect(err).toContain(expected);
  });

  it('may be a file', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-options-'));
    await writeFile(path.join(folder, '-rf.png'), '');
    const { code, err } = await zooIn(folder, 'classify', 'run', '-rf.png');
    await rm(folder, { recursive: true });
    expect(code).toBe(2);
    expect(err).toContain('-rf.png: is taken for an option. For the file of that name, write ./-rf.png.');
  });
});

describe('a value that is none', () => {
  it('is named by what it stands for', async () => {
    const { code, err } = await zoo('completion', 'tcsh');
    expect(code).toBe(2);
    expect(err).toContain("zoo: 'tcsh' is no shell that is known. Allowed choices are bash, zsh, fish.");
  });
});

describe('a run that is not there', () => {
  it('is named by its folder', async () => {
    const { code, err } = await zoo('compare', 'runs/nope', 'runs/other');
    expect(code).toBe(1);
    expect(err).toContain('runs/nope: there is no such folder, expected a run of zoo train.');
  });
});
