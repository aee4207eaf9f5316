import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import site from '../docs/.vitepress/config.ts';
import { isRecord, packagesOf, root, textsOf } from './workspace.ts';

// The built package that npm would publish: `npm test` builds first.

interface Tarball {
  files: string[];
  /** Of all its files together. */
  bytes: number;
}

async function tarballs(): Promise<Map<string, Tarball>> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--workspaces'], {
    cwd: root,
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
  });
  const packed: unknown = JSON.parse(stdout);
  if (typeof packed !== 'object' || packed === null) throw new Error('npm pack --json: expected a list.');
  return new Map(
    Object.values(packed).map((one: unknown): [string, Tarball] => {
      if (!isRecord(one) || !Array.isArray(one.files)) throw new Error('npm pack --json: expected files.');
      const files = one.files.map((file) => textsOf(file).path ?? '');
      return [textsOf(one).name ?? '', { files, bytes: Number(one.unpackedSize) }];
    }),
  );
}

const published = (await packagesOf(root)).filter(({ manifest }) => manifest.private !== true);
const packed = await tarballs();
const licence = await readFile(path.join(root, 'LICENSE'), 'utf8');

describe.each(published)('the tarball of $name', ({ name, version, place, folder, manifest }) => {
  const { files, bytes } = packed.get(name) ?? { files: [], bytes: 0 };

  it('has a manifest, a README, and the licence of the repository', async () => {
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
    const own = await readFile(path.join(folder, 'LICENSE'), 'utf8');
    expect(own === licence, `${place}/LICENSE differs: cp LICENSE ${place}/`).toBe(true);
  });

  it('has its CHANGELOG.md from the first release on', () => {
    expect(manifest.files).toContain('CHANGELOG.md');
    expect(files.includes('CHANGELOG.md')).toBe(version !== '0.0.0');
  });

  it('holds what was built and no sources, tests or source maps', () => {
    expect(files.some((file) => file.startsWith('dist/'))).toBe(true);
    const wanted =
      /^(?:dist\/.*\.(?:c?js|d\.c?ts|wasm)|dist\/browser\/wasm\/NOTICE|bin\/.*\.js|package\.json|(?:README|CHANGELOG)\.md|LICENSE)$/;
    // The generator's template is a package in sources, tests included.
    const template = (file: string) => name === '@zoo/create-model' && file.startsWith('template/');
    expect(files.filter((file) => !wanted.test(file) && !template(file))).toEqual([]);
  });

  // Weights are the contents of their package, once for each module system.
  const most = name === '@zoo/cifar10-weights' ? 4_000_000 : 1_500_000;
  it('is of a size that suits a library', () => expect(bytes).toBeLessThan(most));
});

it('makes no page of the documentation from files about its package', () => {
  expect(site.srcExclude).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md']));
});
