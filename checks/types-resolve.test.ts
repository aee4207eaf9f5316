import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { afterAll, describe, expect, it } from 'vitest';
import { entriesOf, packagesOf, root } from './workspace.ts';

// Are the types wrong? What TypeScript finds in each tarball, by node16 (ESM and CommonJS) and as bundlers do. By the rules of
// `node10`, which know no `exports`, only the main entry is found; nobody is asked to use them.

const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-types-'));
afterAll(() => rm(folder, { recursive: true }));

const packages = (await packagesOf(root)).filter((pack) => entriesOf(pack).length > 0);
await promisify(execFile)(
  'npm',
  ['pack', '--silent', '--pack-destination', folder, ...packages.flatMap(({ name }) => ['--workspace', name])],
  { cwd: root, shell: process.platform === 'win32' },
);

describe.each(packages)('the types of $name', ({ name, version }) => {
  it('are those of the code, however it is imported', async () => {
    const tarball = path.join(folder, `${name.slice(1).replace('/', '-')}-${version}.tgz`);
    const result = await checkPackage(createPackageFromTarballData(await readFile(tarball)));
    if (result.types === false) throw new Error(`${name}: no types are in its tarball.`);
    // An entry that names its ending is a script to be run, such as a worker's, and has no types.
    const problems = result.problems.filter(
      (one) => !('resolutionKind' in one && (one.resolutionKind === 'node10' || /\.c?js$/.test(one.entrypoint))),
    );
    expect(problems).toEqual([]);
  });
});
