import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What can be imported: a package, or a part of one. */
export interface Entry {
  /** `@zoo/kernels/wasm` */
  name: string;
  /** `@zoo/kernels` */
  package: string;
  description: string;
  /** The folder in the repository: `packages/kernels`. */
  folder: string;
  /** The source file, from the root of the repository. */
  source: string;
  /** The page of the API reference, without its ending: `kernels-wasm`. */
  page: string;
}

/** With a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function entriesOf(folder: string): Entry[] {
  const json: Record<string, unknown> = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
  return Object.keys(json.exports ?? {})
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => {
      const part = subpath.slice(2);
      const name = text(json.name) + subpath.slice(1);
      return {
        name,
        package: text(json.name),
        description: text(json.description),
        folder,
        source: `${folder}/src/${part || 'index'}.ts`,
        page: name.replace('@zoo/', '').replaceAll('/', '-'),
      };
    })
    .filter(({ source }) => existsSync(root + source));
}

/** Every entry of every package in the folder `packages`. */
export const entries = (): Entry[] =>
  readdirSync(`${root}packages`)
    .filter((name) => existsSync(`${root}packages/${name}/package.json`))
    .sort()
    .flatMap((name) => entriesOf(`packages/${name}`));
