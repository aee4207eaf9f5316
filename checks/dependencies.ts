import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { type Package, textsOf } from './workspace.ts';

// What packages declare against what their sources import, and against one another.

const kinds = ['dependencies', 'devDependencies', 'peerDependencies'] as const;
const declared = ({ manifest }: Package, ...wanted: readonly (typeof kinds)[number][]) =>
  wanted.flatMap((kind) => Object.entries(textsOf(manifest[kind])).map(([name, range]) => ({ kind, name, range })));

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Packages that the sources in `src` import, tests and what only they use left out. */
async function importedBy({ folder }: Package): Promise<Set<string>> {
  const files = await readdir(path.join(folder, 'src'), { recursive: true }).catch((): string[] => []);
  const sources = files.filter(
    (file) => /\.ts$/.test(file) && !/\.test\.ts$|^testing[\\/]|[\\/]testing[\\/]/.test(file),
  );
  const imported = await Promise.all(
    sources.map(async (file) => {
      const code = await readFile(path.join(folder, 'src', file), 'utf8');
      return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
    }),
  );
  const packages = imported
    .flat()
    .filter((one) => !/^[.#]|^node:/.test(one) && !builtinModules.includes(one))
    .map(packageOf);
  return new Set(packages);
}

/** Imports that users could not resolve, and packages of the zoo that nothing imports. */
export async function undeclaredImports(pack: Package): Promise<string[]> {
  const imported = await importedBy(pack);
  const given = declared(pack, 'dependencies', 'peerDependencies').map(({ name }) => name);
  const unused = given.filter((name) => name.startsWith('@zoo/') && !imported.has(name));
  return [
    ...[...imported]
      .filter((name) => !given.includes(name) && name !== pack.name)
      .map(
        (name) => `${pack.place}: imports ${name}, which its package.json does not declare. Add it to "dependencies".`,
      ),
    ...unused.map((name) => `${pack.place}: declares ${name}, which it does not import. Remove it from package.json.`),
  ];
}

/** Dependencies that packages declare in different versions, or twice in one package. */
export function differingVersions(packages: readonly Package[]): string[] {
  const ranges = new Map<string, Map<string, string[]>>();
  const problems: string[] = [];
  for (const pack of packages) {
    // A peer is a range for users; what is installed here may be one version of it.
    for (const [group, entries] of [
      ['', declared(pack, 'dependencies', 'devDependencies')],
      [' as a peer', declared(pack, 'peerDependencies')],
    ] as const) {
      for (const [index, { name, range }] of entries.entries()) {
        const places = ranges.get(name + group) ?? new Map<string, string[]>();
        ranges.set(name + group, places.set(range, [...(places.get(range) ?? []), pack.place]));
        if (entries.findIndex((one) => one.name === name) !== index)
          problems.push(`${pack.place}: declares ${name} twice, as a dependency and as a devDependency.`);
      }
    }
  }
  for (const [name, places] of ranges)
    if (places.size > 1) {
      const shown = [...places].map(([range, where]) => `${range} in ${where.join(', ')}`);
      problems.push(`${name} is declared in ${places.size} versions: ${shown.join('; ')}. Choose one.`);
    }
  return problems;
}

/**
 * Dependencies on packages of this checkout by another range than `^` and their present version: an exact one would leave two copies
 * where a project updates one package alone, and one without the present version would be fetched elsewhere.
 */
export function foreignVersions(packages: readonly Package[]): string[] {
  const versions = new Map(packages.map(({ name, version }) => [name, version]));
  return packages.flatMap((pack) =>
    declared(pack, ...kinds).flatMap(({ name, range }) => {
      const version = versions.get(name);
      return version === undefined || range === `^${version}`
        ? []
        : [`${pack.place}: depends on ${name} ${range}, expected ^${version}.`];
    }),
  );
}
