import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForReading } from './open-for-reading.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zoo-reading-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('openForReading', () => {
  it('opens a file', async () => {
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'abc');
    const { handle, size } = await openForReading(file, 'a.txt', 'a text');
    expect([size, await handle.readFile('utf8')]).toEqual([3, 'abc']);
    await handle.close();
  });

  it('refuses a folder, and what is not there', async () => {
    await expect(openForReading(folder, 'here', 'a text')).rejects.toThrow('here: is a folder, expected a text. Check');
    await expect(openForReading(path.join(folder, 'a'), 'a', 'a text')).rejects.toThrow(
      'a: no such file, expected a text. Check the path.',
    );
  });

  it.skipIf(process.platform === 'win32')('refuses what may have no end, at once', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(openForReading(pipe, 'pipe', 'a text')).rejects.toThrow('pipe: is a pipe, expected a text.');
    await expect(openForReading('/dev/zero', '/dev/zero', 'a text')).rejects.toThrow('/dev/zero: is a device');
  });
});
