import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { type Package, textsOf } from './workspace.ts';

// What packages declare against what their sources import, and against one another.

const kinds = ['dependencies', 'devDependencies', 'peerDependencies'] as const;
type Kind = (typeof kinds)[number];
const declared = ({ manifest }: Package, ...wanted: readonly Kind[]) =>
  wanted.flatMap((kind) => Object.entries(textsOf(manifest[kind])).map(([name, range]) => ({ kind, name, range })));

const slashes = (file: string): string => file.replaceAll('\\', '/');

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const isTest = (file: string): boolean => /\.test\.ts$|(?:^|[\\/])testing[\\/]/.test(file);

/** An import of a package's sources: the file, from `src`, and what it names. */
interface Import {
  file: string;
  specifier: string;
}

async function importsOf({ folder }: Package): Promise<Import[]> {
  const files = await readdir(path.join(folder, 'src'), { recursive: true }).catch((): string[] => []);
  const imports = await Promise.all(
    files
      .filter((file) => file.endsWith('.ts'))
      .map(async (file) => {
        const code = await readFile(path.join(folder, 'src', file), 'utf8');
        return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => ({ file, specifier: fileName }));
      }),
  );
  return imports.flat();
}

const packagesIn = (imports: readonly Import[]): Set<string> =>
  new Set(
    imports
      .map(({ specifier }) => specifier)
      .filter((one) => !/^[.#]|^node:/.test(one) && !builtinModules.includes(one))
      .map(packageOf),
  );

const isPrivate = ({ manifest }: Package): boolean => manifest.private === true;

/**
 * Imports that users, or tests in a checkout, could not resolve by what the package declares; packages of the zoo that nothing imports; and
 * files of other packages that are imported by their place. Tests may import what the root declares, and packages that are never published,
 * which need not be declared: those stand on the packages that they test.
 */
export async function undeclaredImports(pack: Package, all: readonly Package[], atRoot: Package): Promise<string[]> {
  const imports = await importsOf(pack);
  const imported = packagesIn(imports.filter(({ file }) => isPrivate(pack) || !isTest(file)));
  const inTests = packagesIn(imports.filter(({ file }) => isTest(file)));
  const names = (...kinds: Kind[]) => declared(pack, ...kinds).map(({ name }) => name);
  const given = names('dependencies', 'peerDependencies', ...(isPrivate(pack) ? (['devDependencies'] as const) : []));
  const forTests = names('devDependencies');
  const free = [
    ...declared(atRoot, 'devDependencies').map(({ name }) => name),
    ...all.filter(isPrivate).map(({ name }) => name),
  ];
  const isOwn = (name: string) => name === pack.name;
  const problem = (what: string) => `${pack.place}: ${what}`;
  return [
    ...[...imported]
      .filter((name) => !given.includes(name) && !isOwn(name))
      .map((name) => problem(`imports ${name}, which its package.json does not declare. Add it to "dependencies".`)),
    ...[...inTests]
      .filter((name) => ![...given, ...forTests, ...free].includes(name) && !isOwn(name))
      .map((name) =>
        problem(`imports ${name} in tests, which its package.json does not declare. Add it to "devDependencies".`),
      ),
    ...given
      .filter((name) => name.startsWith('@zoo/') && !imported.has(name))
      .map((name) => problem(`declares ${name}, which it does not import. Remove it from package.json.`)),
    ...forTests
      .filter((name) => name.startsWith('@zoo/') && !imported.has(name) && !inTests.has(name))
      .map((name) => problem(`declares ${name}, which its tests do not import. Remove it from package.json.`)),
    ...imports
      .filter(
        ({ file, specifier }) => specifier.startsWith('.') && path.join('src', file, '..', specifier).startsWith('..'),
      )
      .map(({ file, specifier }) =>
        problem(`src/${slashes(file)} imports ${specifier}, outside of its package. Import the package by its name.`),
      ),
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
