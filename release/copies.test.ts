import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { copiesOfPnpm, copiesOfYarn, installedCopies, oneCopyEach, oneCopyOf } from './copies.ts';

it('counts copies wherever they lie, and links to them not at all', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'zoo-copies-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const put = async (place: string, name: string, version: string) => {
    const at = path.join(folder, 'node_modules', place, name);
    await mkdir(at, { recursive: true });
    await writeFile(path.join(at, 'package.json'), JSON.stringify({ name, version }));
    return at;
  };
  await put('', '@zoo/core', '0.1.0');
  await put('', '@zoo/weights', '0.2.0');
  await put('@zoo/weights/node_modules', '@zoo/core', '0.2.0');
  const kept = await put('elsewhere/node_modules', '@zoo/spec', '0.2.0');
  await symlink(kept, path.join(folder, 'node_modules', '@zoo', 'spec'), 'junction');

  const copies = await installedCopies(folder);
  expect(Object.fromEntries(copies)).toEqual({
    '@zoo/core': expect.arrayContaining(['0.1.0', '0.2.0']),
    '@zoo/spec': ['0.2.0'],
    '@zoo/weights': ['0.2.0'],
  });
  expect(() => oneCopyEach(copies)).toThrow(/^more than one copy is installed: @zoo\/core 0\.\d\.0 and 0\.\d\.0\.$/);
});

it('reads them from a lock file of Yarn', () => {
  const lock = [
    '"@zoo/core@npm:^0.1.0":',
    '  version: 0.1.1',
    '  resolution: "@zoo/core@npm:0.1.1::__archiveUrl=http%3A%2F%2Flocalhost%2Fcore-0.1.1.tgz"',
    '"@zoo/spec@npm:^0.1.0":',
    '  resolution: "@zoo/spec@npm:0.1.1"',
    '',
  ];
  const copies = copiesOfYarn(lock.join('\n'));
  expect([...copies]).toEqual([
    ['@zoo/core', ['0.1.1']],
    ['@zoo/spec', ['0.1.1']],
  ]);
  expect(() => oneCopyOf('0.1.1', copies)).not.toThrow();
  expect(() => oneCopyOf('0.2.0', copies)).toThrow('expected 0.2.0, installed is @zoo/core 0.1.1, @zoo/spec 0.1.1.');
});

it('reads them from a lock file of pnpm, where other peers make another copy', () => {
  const lock = [
    'packages:',
    "  '@zoo/kernels@0.1.0':",
    'snapshots:',
    "  '@zoo/core@0.1.0': {}",
    "  '@zoo/kernels@0.1.0(@tensorflow/tfjs-core@4.22.0)':",
    "      '@zoo/core': 0.1.0",
    "  '@zoo/kernels@0.1.0(@tensorflow/tfjs-core@4.21.0)':",
    '',
  ];
  expect([...copiesOfPnpm(lock.join('\n'))]).toEqual([
    ['@zoo/core', ['0.1.0']],
    ['@zoo/kernels', ['0.1.0', '0.1.0']],
  ]);
});

it('takes nothing for a mistake', () => {
  expect(() => oneCopyEach(new Map())).toThrow('none of the zoo is installed.');
});
