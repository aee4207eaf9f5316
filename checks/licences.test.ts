import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isAllowed, licenceProblems } from './licences.ts';
import { root } from './workspace.ts';

it('has no dependency of an unknown licence', async () => {
  const lock: unknown = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
  expect(licenceProblems(lock)).toEqual([]);
});

it('names what it does not know, and what is listed in vain', () => {
  const packages = {
    '': { name: 'root', license: 'Proprietary' },
    'packages/own': { license: 'Apache-2.0' },
    'node_modules/@made-up/own': { link: true },
    'node_modules/fine': { license: 'MIT' },
    'node_modules/fine/node_modules/nameless': {},
    'node_modules/@made-up/tool': { license: 'MPL-2.0', dev: true },
    'node_modules/library': { license: 'MPL-2.0' },
  };
  const problems = licenceProblems({ packages }, { gone: 'MIT by its file.' });
  expect(problems.map((problem) => problem.split('.')[0])).toEqual([
    'nameless: licence none is not in the list',
    'library: licence MPL-2',
    'gone: is not installed any more',
  ]);
});

it.each([
  ['MIT', true],
  ['GPL-3.0', false],
  ['(GPL-3.0 OR MIT)', true],
  ['MIT AND GPL-3.0', false],
  ['MIT AND ISC', true],
])('takes %s for %s', (expression, allowed) => expect(isAllowed(expression, ['MIT', 'ISC'])).toBe(allowed));
