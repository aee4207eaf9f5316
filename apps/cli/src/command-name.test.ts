import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandName, typedHere } from './command-name.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-name-'));
  await mkdir(path.join(folder, 'project', 'node_modules', '.bin'), { recursive: true });
  await mkdir(path.join(folder, 'project', 'deep', 'down'), { recursive: true });
  await writeFile(path.join(folder, 'project', 'node_modules', '.bin', 'zoo'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('typedHere', () => {
  it('puts the name that works here into messages of the packages', () => {
    expect(typedHere('Run: npx @zoo/cli setup node.', 'npx zoo')).toBe('Run: npx zoo setup node.');
  });
});

describe('commandName', () => {
  it('is what works where somebody stands', () => {
    const installed = '/usr/local/bin/zoo';
    expect(commandName(path.join(folder, 'project', 'deep', 'down'), installed)).toBe('npx zoo');
    expect(commandName(folder, installed)).toBe('zoo');
    expect(commandName(folder, '/home/me/.npm/_npx/1a2b/node_modules/.bin/zoo')).toBe('npx @zoo/cli');
    expect(commandName(folder, 'C:\\Users\\me\\npm-cache\\_npx\\1a2b\\node_modules\\@zoo\\cli\\bin\\zoo.js')).toBe(
      'npx @zoo/cli',
    );
  });
});
