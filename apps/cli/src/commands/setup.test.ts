import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pictureFolder } from '../testing/pictures.ts';
import { zoo } from '../testing/zoo.ts';

describe('zoo setup', () => {
  let home = '';
  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'zoo-setup-'));
    vi.stubEnv('ZOO_HOME', home);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true, force: true });
  });

  it('refuses a path without a libtensorflow in one line, and makes nothing', async () => {
    const { code, out, err } = await zoo('setup', 'node', '--libtensorflow', home);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^zoo: .*: no libtensorflow with its headers is there\. Give the folder of .*\.\n$/);
    expect(await readdir(home)).toEqual([]);
  });

  it('has nothing to remove where nothing was made', async () => {
    expect(await zoo('setup', 'node-gpu', '--remove')).toMatchObject({ code: 0, out: 'node-gpu: nothing to remove\n' });
  });

  it('is what a training that lacks its backend is sent to', async () => {
    const data = await pictureFolder(path.join(home, 'colours'), ['blue', 'red'], 2);
    const out = path.join(home, 'run');
    const ended = await zoo('train', 'alexnet/cifar10-quick', '--data', data, '--backend', 'node', '--out', out);
    const { code, err } = ended;
    expect(code).toBe(1);
    expect(err).toContain('npx zoo setup node');
  });
});
