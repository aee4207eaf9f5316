import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packagesOf, root } from './workspace.ts';

// The install line of a README is enough to run its examples. Transitive dependencies do not count: pnpm hides them.

const packages = (await packagesOf(root)).filter(({ manifest }) => manifest.private !== true);

/** Packages of every `npm install ...` in a text, and that of `npm create @zoo/model`. */
const installed = (markdown: string): string[] => [
  ...[...markdown.matchAll(/^ *(?:npm install|npm i|pnpm add|yarn add) (.+)$/gm)].flatMap(([, line = '']) =>
    line
      .split(/ #|&&/, 1)
      .join()
      .split(/\s+/)
      .filter((word) => word !== '' && !word.startsWith('-')),
  ),
  ...[...markdown.matchAll(/^ *npm (?:create|init) (@[\w-]+)\/([\w-]+)/gm)].map(
    ([, scope, name]) => `${scope}/create-${name}`,
  ),
];

/** Packages that the examples of a text import. */
const imported = (markdown: string): string[] =>
  [...markdown.matchAll(/^```(?:ts|js|tsx)\b[^\n]*\n(.*?)^```/gms)]
    .flatMap(([, code = '']) => ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName))
    .filter((name) => !/^[./]|^node:/.test(name) && !builtinModules.includes(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );

describe.each(packages.filter(({ folder }) => existsSync(path.join(folder, 'README.md'))))(
  'the README of $name',
  ({ name, folder }) => {
    it('installs everything that its examples import', async () => {
      const markdown = await readFile(path.join(folder, 'README.md'), 'utf8');
      const there = installed(markdown);
      expect(there, `the README of ${name} says how to install it`).toContain(name);
      const missing = [...new Set(imported(markdown))].filter((one) => !there.includes(one));
      expect(missing, `Add to its line \`npm install\`: ${missing.join(' ')}`).toEqual([]);
    });
  },
);

it('reads lines that install, and what examples import', () => {
  const markdown =
    '    npm install --save-dev @a/one two # and more\n\n```ts no-run\nimport a from "@a/one/part";\nimport "node:fs";\nawait import("three");\n```\n';
  expect(installed(markdown)).toEqual(['@a/one', 'two']);
  expect(imported(markdown)).toEqual(['@a/one', 'three']);
});
