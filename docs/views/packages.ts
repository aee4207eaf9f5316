import { readdirSync, readFileSync } from 'node:fs';
import { packageUrl } from '../reference/links.ts';
import { escaped, htmlTable } from './html.ts';

/** A package, as its package.json says. */
interface Package {
  /** `@zoo/spec`. */
  name: string;
  description: string;
  /** The zoo's packages that it depends on. */
  dependsOn: readonly string[];
  isPublished: boolean;
}

const root = new URL('../../', import.meta.url);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function read(folder: string): Package {
  const json: Record<string, unknown> = JSON.parse(readFileSync(new URL(`${folder}/package.json`, root), 'utf8'));
  return {
    name: text(json.name),
    description: text(json.description),
    dependsOn: Object.keys(json.dependencies ?? {}).filter((name) => name.startsWith('@zoo/')),
    isPublished: json.private !== true,
  };
}

const packages = (): Package[] =>
  ['packages', 'apps'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => read(`${folder}/${entry.name}`))
      .filter(({ isPublished }) => isPublished),
  );

/** Without the arrows that follow from others: what a package reaches through one of its own is left out. */
function direct(name: string, all: ReadonlyMap<string, Package>): string[] {
  const reached = (from: string): string[] => (all.get(from)?.dependsOn ?? []).flatMap((to) => [to, ...reached(to)]);
  const own = all.get(name)?.dependsOn ?? [];
  return own.filter((to) => !own.some((other) => reached(other).includes(to)));
}

const short = (name: string): string => name.replace('@zoo/', '');

/** The dependencies as a Mermaid flowchart: arrows point down. Names without `@zoo/`: with it, the row of most packages is wider than a page's column. */
export function packagesGraph(): string {
  const all = new Map(packages().map((entry) => [entry.name, entry]));
  const arrows = [...all.keys()].flatMap((name) =>
    direct(name, all).map((to) => `    ${short(name)} --> ${short(to)};`),
  );
  return ['graph TD;', ...arrows].join('\n');
}

/** What each package holds, with its page on npm. */
export const packagesTable = (): string =>
  htmlTable(
    [{ title: 'Package' }, { title: 'Holds' }],
    packages().map(({ name, description }) => [
      `<a href="${packageUrl(name)}"><code>${escaped(name)}</code></a>`,
      escaped(description),
    ]),
  );
