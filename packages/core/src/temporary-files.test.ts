import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { isRunning, removeAbandoned, temporaryName } from './temporary-files.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zoo-temporary-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const dead = spawnSync(process.execPath, ['-e', '']).pid;
const ofDead = (name: string) => temporaryName(path.join(folder, name)).replace(`-${process.pid}-`, `-${dead}-`);
const ofOther = (name: string) => ofDead(name).replace(/\.[0-9a-f]{6}-/, '.000000-');

it('takes away what dead processes have left, and nothing else', async () => {
  const mine = temporaryName(path.join(folder, 'weights.safetensors'));
  const [theirs, old] = [ofOther('theirs'), ofOther('old')];
  for (const file of [mine, theirs, old, ofDead('weights.safetensors')]) await writeFile(file, 'half');
  await mkdir(path.join(ofDead('folder'), 'inside'), { recursive: true });
  await writeFile(path.join(folder, '.mine.part'), 'kept');
  await utimes(old, new Date(0), new Date(0));
  await removeAbandoned(folder);
  expect((await readdir(folder)).sort()).toEqual([mine, theirs, '.mine.part'].map((one) => path.basename(one)).sort());
});

it('is done before the first file that a process writes into a folder', async () => {
  await writeFile(ofDead('weights.safetensors'), 'half');
  await writeFileAtomically(path.join(folder, 'a.txt'), 'a');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

it('is not disturbed by a folder that is not there', async () => {
  await removeAbandoned(path.join(folder, 'none'));
});

it("takes away what another process with this one's number has left, as in a container that is started anew", async () => {
  const [mine, former] = ['new', 'old'].map((name) => temporaryName(path.join(folder, name)));
  for (const file of [mine, former]) await writeFile(file ?? '', 'half');
  const before = new Date(Date.now() - process.uptime() * 1000 - 5000);
  await utimes(former ?? '', before, before);
  await removeAbandoned(folder);
  expect(await readdir(folder)).toEqual([path.basename(mine ?? '')]);
});

it('a process that has ended does not run, also where its parent has not yet asked how it ended', async () => {
  if (process.platform !== 'linux') {
    console.warn('Not tried: only Linux tells of such processes.');
    return;
  }
  // The shell becomes a program that never asks.
  const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(String(line));
  expect(isRunning(parent.pid ?? 0)).toBe(true);
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 10_000);
  expect(() => process.kill(pid, 0)).not.toThrow();
});
