import { isRecord, textsOf } from './workspace.ts';

// Licences of everything that npm installs, as package-lock.json names them.

/** Licences that at most require a copy of their text. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
];
/** Licences of tools, which are used here and not distributed. */
const ofTools = ['MPL-2.0', 'Python-2.0'];

/** Packages whose licence was checked by a person. One that is no longer installed fails. */
export const lookedAt: Readonly<Record<string, string>> = {
  '@img/sharp-libvips-*':
    'LGPL-3.0-or-later: libvips, a shared library of its own that sharp loads and a user can replace.',
  '@img/sharp-wasm32': 'LGPL-3.0-or-later: the same, for machines without a build of it.',
  '@img/sharp-win32-*': 'LGPL-3.0-or-later: the same, in one package with sharp.',
  khroma: 'MIT by its file `license`; its package.json names none.',
  spawndamnit: 'MIT by its file LICENSE, to which its package.json points.',
};

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** Whether an SPDX expression leaves a choice of allowed licences; `AND` binds closer than `OR`. */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((one) => allowed.includes(one)));
}

/** What is wrong with the licences of a parsed package-lock.json. */
export function licenceProblems(lock: unknown, exceptions = lookedAt): string[] {
  const packages = Object.entries(isRecord(lock) && isRecord(lock.packages) ? lock.packages : {});
  const installed = packages.flatMap(([place, entry]) => {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1];
    if (name === undefined || !isRecord(entry) || entry.link === true) return [];
    return [{ name, licence: textsOf(entry).license ?? 'none', tool: entry.dev === true }];
  });
  const unused = Object.keys(exceptions).filter((pattern) => !installed.some(({ name }) => matches(pattern, name)));
  return [
    ...installed
      .filter(({ name }) => !Object.keys(exceptions).some((pattern) => matches(pattern, name)))
      .filter(({ licence, tool }) => !isAllowed(licence, tool ? [...permissive, ...ofTools] : permissive))
      .map(
        ({ name, licence }) =>
          `${name}: licence ${licence} is not in the list. Read it, and allow it in checks/licences.ts or do without.`,
      ),
    ...unused.map((pattern) => `${pattern}: is not installed any more. Remove it from checks/licences.ts.`),
  ];
}
