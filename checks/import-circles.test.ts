import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { circlesIn, importCircles } from './import-circles.ts';
import { root } from './workspace.ts';

it('has no circle of imports, types included', async () => {
  const circles = await importCircles(root);
  expect(circles, circles.map((files) => files.join('\n')).join('\n\n')).toEqual([]);
});

it('finds circles of any length, and files that import themselves', () => {
  const graph = { a: ['b'], b: ['c', 'd'], c: ['a'], d: ['e', 'nowhere'], e: [], f: ['f'] };
  expect(circlesIn(new Map(Object.entries(graph)))).toEqual([['a', 'b', 'c'], ['f']]);
});

it('follows types, packages, names with # and files without their ending', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-circles-'));
  const files = {
    'packages/one/package.json':
      '{ "imports": { "#disk": { "browser": "./src/page.ts", "default": "./src/node.ts" } } }',
    'packages/one/src/index.ts': "export * from '#disk';",
    'packages/one/src/node.ts': '',
    'packages/one/src/page.ts': "import type { Two } from '@zoo/two/part';",
    'packages/two/src/part.ts': "export const two = () => import('./inner');",
    'packages/two/src/inner.ts': "import { one } from '@zoo/one';",
    'packages/two/src/inner.test.ts': "import './inner.ts'; import './inner.test.ts';",
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  expect(await importCircles(folder)).toEqual([
    ['packages/one/src/index.ts', 'packages/one/src/page.ts', 'packages/two/src/inner.ts', 'packages/two/src/part.ts'],
  ]);
  await rm(folder, { recursive: true });
});
