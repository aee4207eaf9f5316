import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Versions of each of the zoo's packages under a folder, one for each copy that is there; links to copies do not count. */
export async function installedCopies(folder: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const modules = async (place: string): Promise<void> => {
    for (const entry of await readdir(place, { withFileTypes: true })) {
      const inside = path.join(place, entry.name);
      if (!entry.isDirectory()) continue;
      if (path.basename(place) === 'node_modules' && entry.name === '@zoo') await scope(inside);
      else await modules(inside);
    }
  };
  const scope = async (place: string): Promise<void> => {
    for (const entry of await readdir(place, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const { name, version }: { name: string; version: string } = JSON.parse(
        await readFile(path.join(place, entry.name, 'package.json'), 'utf8'),
      );
      found.set(name, [...(found.get(name) ?? []), version]);
      await modules(path.join(place, entry.name));
    }
  };
  await modules(path.join(folder, 'node_modules'));
  return found;
}

const counted = (matches: Iterable<RegExpMatchArray>): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const [, name = '', version = ''] of matches) found.set(name, [...(found.get(name) ?? []), version]);
  return found;
};

/** The same by the lock file of Yarn 4, which may install nothing that could be looked at. */
export const copiesOfYarn = (lock: string): Map<string, string[]> =>
  counted(lock.matchAll(/^ {2}resolution: "(@zoo\/[\w-]+)@npm:([^":]+)[^"]*"$/gm));

/** The same by the lock file of pnpm, which leaves folders of what was installed before; one package with two sets of peers is two copies. */
export const copiesOfPnpm = (lock: string): Map<string, string[]> =>
  counted(lock.slice(lock.indexOf('\nsnapshots:')).matchAll(/^ {2}'(@zoo\/[\w-]+)@([^'(]+)[^']*':/gm));

/** Fails where there are two copies of a package, or none of any. */
export function oneCopyEach(copies: ReadonlyMap<string, readonly string[]>): void {
  if (copies.size === 0) throw new Error('none of the zoo is installed.');
  const twice = [...copies].filter(([, versions]) => versions.length > 1);
  const shown = twice.map(([name, versions]) => `${name} ${versions.join(' and ')}`);
  if (twice.length > 0) throw new Error(`more than one copy is installed: ${shown.join(', ')}.`);
}

/** Fails unless there is one copy of each, of this version. */
export function oneCopyOf(version: string, copies: ReadonlyMap<string, readonly string[]>): void {
  oneCopyEach(copies);
  const other = [...copies].filter(([, versions]) => versions[0] !== version);
  if (other.length > 0)
    throw new Error(`expected ${version}, installed is ${other.map((one) => one.join(' ')).join(', ')}.`);
}
