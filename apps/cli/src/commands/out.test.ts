import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureFolder } from '../testing/pictures.ts';
import { zoo } from '../testing/zoo.ts';

let folder = '';
let pictures = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);

/** Each command that writes, with the place that it is to write to. */
const commands = {
  train: (out: string) => zoo('train', 'alexnet/cifar10-quick', '--data', pictures, '--out', out),
  convert: (out: string) => zoo('convert', 'alexnet/cifar10-quick', `${out}.pth`, '--width', '0.1'),
  features: (out: string) => zoo('features', 'torchvision', picture(), '--layer', 'features', '--out', `${out}.npy`),
  'features --grid': (out: string) =>
    zoo('features', 'torchvision', picture(), '--layer', 'features', '--grid', `${out}.png`),
};
const picture = () => path.join(pictures, 'red', '0.png');

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-out-'));
  pictures = await pictureFolder(inFolder('colours'), ['blue', 'red'], 2);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.entries(commands))('%s', (name, run) => {
  it('fails at once where no folder can be made', async () => {
    if (!existsSync('/proc/self')) {
      console.warn('Not tried: this system has no /proc, whose folders cannot be made.');
      return;
    }
    const { code, out, err } = await run('/proc/zoo/run');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      name === 'train'
        ? /^zoo: \/proc\/zoo\/run: cannot be written, its folder cannot be made there: choose another --out \(ENOENT\)\.\n$/
        : /^zoo: .*\/proc\/zoo\/run.*: there is no folder \/proc\/zoo\. Make it first, or choose another\.\n$/,
    );
  });

  it('fails at once in a folder that is a file', async () => {
    await writeFile(inFolder('file'), '');
    const { code, err } = await run(inFolder('file', 'run'));
    expect(code).toBe(1);
    expect(err).toMatch(name === 'train' ? /is a file, or lies in one/ : /file is a file, expected a folder/);
  });

  it('fails at once in a folder that is read-only', async () => {
    const disk = inFolder('read-only');
    await mkdir(disk, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      console.warn('Not tried: this user may not mount a read-only disk.');
      return;
    }
    try {
      const { code, err } = await run(path.join(disk, 'run'));
      expect({ code, err }).toEqual({
        code: 1,
        err: expect.stringMatching(/read-only\/run.*: cannot be written, the file system is read-only/),
      });
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('leaves no folders behind where nothing came of it', async () => {
    const before = await readdir(folder);
    const { code, err } = await (name === 'train'
      ? zoo(
          'train',
          'alexnet/cifar10-quick',
          '--data',
          inFolder('colours'),
          '--classes',
          '5',
          '--out',
          inFolder('a', 'b'),
        )
      : run(inFolder('a', 'b')));
    expect(code).toBe(name === 'train' ? 2 : 1);
    if (name !== 'train') expect(err).toContain(`there is no folder ${inFolder('a')}. Make it first`);
    expect(await readdir(folder)).toEqual(before);
  });
});
