import { describe, expect, it } from 'vitest';
import { differingVersions, foreignVersions, undeclaredImports } from './dependencies.ts';
import { type Package, packagesOf, readPackage, root } from './workspace.ts';

const packages = await packagesOf(root);

describe.each(packages)('$name', (pack) => {
  it('declares what it imports, and no package of the zoo that it does not', async () => {
    expect(await undeclaredImports(pack)).toEqual([]);
  });
});

it('has every dependency in one version, and packages of the zoo from their present version on', async () => {
  const all = [...packages, await readPackage(root, ''), await readPackage(root, 'docs')];
  expect([...differingVersions(all), ...foreignVersions(all)]).toEqual([]);
});

const made = (name: string, manifest: Record<string, unknown>): Package => ({
  name: `@made-up/${name}`,
  version: '1.0.0',
  folder: '',
  place: `packages/${name}`,
  manifest,
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
