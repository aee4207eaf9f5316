import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that these checks belong to. */
export const root = fileURLToPath(new URL('../', import.meta.url));

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text fields of an object; none of anything else. */
export const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

export interface Package {
  name: string;
  version: string;
  /** Absolute. */
  folder: string;
  /** From the root, with slashes: `packages/core`. */
  place: string;
  manifest: Record<string, unknown>;
}

export async function readPackage(root: string, place: string): Promise<Package> {
  const folder = path.join(root, place);
  const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  if (!isRecord(manifest)) throw new Error(`${place}/package.json: expected an object.`);
  const { name = '', version = '' } = textsOf(manifest);
  return { name, version, folder, place, manifest };
}

/** Packages below some folders of a checkout, by name. */
export async function packagesOf(root: string, folders: readonly string[] = ['packages', 'apps']): Promise<Package[]> {
  const places = await Promise.all(
    folders.map(async (folder) => {
      const found = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
      return found.filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`);
    }),
  );
  return Promise.all(
    places
      .flat()
      .sort()
      .map((place) => readPackage(root, place)),
  );
}

/** Every file that an `exports` value leads to under a condition of this name, in any branch. */
function filesUnder(value: unknown, condition: string, inside = false): string[] {
  if (typeof value === 'string') return inside ? [value] : [];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => filesUnder(one, condition, inside || key === condition));
}

export interface Entry {
  /** `@zoo/core/files`. */
  name: string;
  /** Its declarations, from the package's folder: `./dist/files.d.ts`. */
  types: string;
}

/** What can be imported of a package, except its package.json. */
export function entriesOf({ name, manifest }: Package): Entry[] {
  const { './package.json': _self, ...entries } = isRecord(manifest.exports) ? manifest.exports : {};
  return Object.entries(entries).flatMap(([subpath, value]) => {
    const types = filesUnder(value, 'types').find((file) => file.endsWith('.d.ts'));
    return types ? [{ name: name + subpath.slice(1), types }] : [];
  });
}
