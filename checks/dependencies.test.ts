import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { differingVersions, foreignVersions, undeclaredImports } from './dependencies.ts';
import { type Package, packagesOf, readPackage, root } from './workspace.ts';

const packages = await packagesOf(root);
const atRoot = await readPackage(root, '');

describe.each(packages)('$name', (pack) => {
  it('declares what it imports, and no package of the zoo that it does not', async () => {
    expect(await undeclaredImports(pack, packages, atRoot)).toEqual([]);
  });
});

it('has every dependency in one version, and packages of the zoo from their present version on', async () => {
  const all = [...packages, atRoot, await readPackage(root, 'docs')];
  expect([...differingVersions(all), ...foreignVersions(all)]).toEqual([]);
});

const made = (name: string, manifest: Record<string, unknown>): Package => ({
  name: `@made-up/${name}`,
  version: '1.0.0',
  folder: '',
  place: `packages/${name}`,
  manifest,
});

it('tells imports that nothing declares, and declarations in vain', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-dependencies-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(path.join(folder, 'src/testing'), { recursive: true });
  const write = (file: string, code: string) => writeFile(path.join(folder, 'src', file), code);
  await write('index.ts', "import '@zoo/core/files'; import 'node:fs'; import './testing/near.ts'; import '#own';");
  await write('index.test.ts', "import 'vitest'; import '@zoo/testing/numbers'; import '@zoo/spec'; import 'sharp';");
  await write('testing/near.ts', "import '../index.ts'; import '../../../other/src/index.ts'; import '@zoo/one';");
  const pack = {
    ...made('one', {
      dependencies: { '@zoo/kernels': '1' },
      devDependencies: { '@zoo/weights': '1', sharp: '1' },
    }),
    name: '@zoo/one',
    folder,
  };
  const privates = [pack, { ...made('testing', { private: true }), name: '@zoo/testing' }];
  expect(await undeclaredImports(pack, privates, made('root', { devDependencies: { vitest: '4' } }))).toEqual([
    'packages/one: imports @zoo/core, which its package.json does not declare. Add it to "dependencies".',
    'packages/one: imports @zoo/spec in tests, which its package.json does not declare. Add it to "devDependencies".',
    'packages/one: declares @zoo/kernels, which it does not import. Remove it from package.json.',
    'packages/one: declares @zoo/weights, which its tests do not import. Remove it from package.json.',
    'packages/one: src/testing/near.ts imports ../../../other/src/index.ts, outside of its package. Import the package by its name.',
  ]);
});

it('tells versions that differ', () => {
  const one = made('one', { dependencies: { sharp: '^1.0.0' }, devDependencies: { sharp: '^1.0.0', tar: '1.0.0' } });
  const two = made('two', {
    dependencies: { sharp: '^2.0.0', '@made-up/one': '0.9.0' },
    peerDependencies: { tar: '^1.0.0' },
  });
  expect(differingVersions([one, two])).toEqual([
    'packages/one: declares sharp twice, as a dependency and as a devDependency.',
    'sharp is declared in 2 versions: ^1.0.0 in packages/one, packages/one; ^2.0.0 in packages/two. Choose one.',
  ]);
  const exact = made('three', { dependencies: { '@made-up/one': '1.0.0' } });
  expect(foreignVersions([one, exact])).toEqual(['packages/three: depends on @made-up/one 1.0.0, expected ^1.0.0.']);
  expect(foreignVersions([one, two])).toEqual(['packages/two: depends on @made-up/one 0.9.0, expected ^1.0.0.']);
});
