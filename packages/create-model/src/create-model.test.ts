import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { named } from './render.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-create-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program of the repository in a folder; what it says where it fails. */
const program = (file: string, args: readonly string[], cwd: string) =>
  run(process.execPath, [path.join(root, 'node_modules', file), ...args], { cwd }).catch((error: unknown) => {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`${file}:\n${output}\n${error}`);
  });

describe('a new package', () => {
  it('of its own passes its tests and its check of types on the sources', async () => {
    const out = path.join(folder, 'tiny-net');
    const files = await createModel({ name: 'tiny-net', input: [24, 20, 1], classes: 7, out });
    expect(files).toEqual(
      [
        '.gitignore',
        'README.md',
        'fixtures/generate.py',
        'fixtures/original.py',
        'fixtures/tiny-net.json',
        'package.json',
        'page.mjs',
        'src/index.ts',
        'src/presets/tiny-net.ts',
        'src/tiny-net.test.ts',
        'src/tiny-net.ts',
        'tsconfig.json',
        'tsup.config.ts',
      ].sort(),
    );
    const own: Record<string, unknown> = JSON.parse(await readFile(path.join(out, 'package.json'), 'utf8'));
    expect(own).toMatchObject({ name: 'tiny-net', license: 'UNLICENSED' });
    expect(own).not.toHaveProperty('homepage');
    await symlink(path.join(root, 'node_modules'), path.join(out, 'node_modules'), 'junction');
    const sources = path.join(root, 'packages/$1/src').replaceAll('\\', '/');
    const config = `export default {
      resolve: {
        alias: [
          { find: /^@zoo\\/([\\w-]+)$/, replacement: ${JSON.stringify(`${sources}/index.ts`)} },
          { find: /^@zoo\\/([\\w-]+)\\/([\\w-]+)$/, replacement: ${JSON.stringify(`${sources}/$2.ts`)} },
        ],
      },
    };\n`;
    await writeFile(path.join(out, 'vitest.config.mjs'), config);
    const { stdout } = await program('vitest/vitest.mjs', ['run', '--reporter=json', '--testTimeout=300000'], out);
    const report: { numPassedTests: number; numTotalTests: number } = JSON.parse(stdout.slice(stdout.indexOf('{')));
    expect(report).toMatchObject({ numTotalTests: 5, numPassedTests: 5 });

    const tsconfig: { compilerOptions: object } = JSON.parse(await readFile(path.join(out, 'tsconfig.json'), 'utf8'));
    const paths = { '@zoo/*': [path.join(root, 'packages/*/src/index.ts')] };
    await writeFile(
      path.join(out, 'tsconfig.json'),
      JSON.stringify({
        ...tsconfig,
        compilerOptions: { ...tsconfig.compilerOptions, paths, exactOptionalPropertyTypes: true },
      }),
    );
    await program('typescript/bin/tsc', ['--noEmit'], out);
  });

  it("in the zoo's repository is one of its packages", async () => {
    await writeFile(path.join(folder, 'tsup.shared.ts'), '');
    await writeFile(path.join(folder, 'LICENSE'), 'the licence');
    await mkdir(path.join(folder, 'packages'));
    const out = path.join(folder, 'packages/tiny');
    const files = await createModel({ name: 'tiny', out });
    expect(files).not.toContain('tsconfig.json');
    expect(files).not.toContain('page.mjs');
    expect(await readFile(path.join(out, 'LICENSE'), 'utf8')).toBe('the licence');
    const json: Record<string, unknown> = JSON.parse(await readFile(path.join(out, 'package.json'), 'utf8'));
    const lenet: Record<string, unknown> = JSON.parse(
      await readFile(path.join(root, 'packages/lenet/package.json'), 'utf8'),
    );
    expect(json).toMatchObject({ name: '@zoo/tiny', repository: { directory: 'packages/tiny' } });
    for (const field of [
      'license',
      'homepage',
      'exports',
      'files',
      'scripts',
      'dependencies',
      'devDependencies',
      'peerDependencies',
      'engines',
    ])
      expect(json[field], field).toEqual(lenet[field]);
    expect(await readFile(path.join(out, 'tsup.config.ts'), 'utf8')).toBe(
      await readFile(path.join(root, 'packages/lenet/tsup.config.ts'), 'utf8'),
    );
  });

  it.each([
    ['Net', "name: 'Net' is no name of a package, expected small letters"],
    ['../net', "name: '../net' is no name of a package"],
    ['class', "name: 'class' is reserved by JavaScript, by Windows or in the package's own code. Choose another one."],
    ['index', "name: 'index' is reserved"],
    ['build-model', "name: 'build-model' is reserved"],
    ['describe', "name: 'describe' is reserved"],
    ['con', "name: 'con' is reserved"],
    ['a'.repeat(251), 'name: has 251 letters, expected 214 at most.'],
  ])('is not called %s', async (name, message) => {
    await expect(createModel({ name, out: path.join(folder, 'bad') })).rejects.toThrow(message);
  });

  it('overwrites nothing, and has sizes that make a network', async () => {
    const out = path.join(folder, 'full');
    await mkdir(out);
    await writeFile(path.join(out, 'thesis.txt'), 'mine');
    await expect(createModel({ name: 'net', out: fileURLToPath(import.meta.url) })).rejects.toThrow(
      'is a file, expected an empty folder or none. Choose another --out.',
    );
    await expect(createModel({ name: 'full', out })).rejects.toThrow(
      'full: holds thesis.txt already, expected an empty',
    );
    const sizes = { name: 'net', out: path.join(folder, 'net') };
    await expect(createModel({ ...sizes, classes: 0 })).rejects.toThrow('net.classes: expected a whole number from 1');
    await expect(createModel({ ...sizes, input: [1, 1, 3] })).rejects.toThrow('net/net: layer 3 (features.2, maxPool)');
  });
});

describe.each([
  ['lenet', 'LeNet'],
  ['zfnet', 'ZFNet'],
])('@zoo/%s', (name, pascal) => {
  const names = { file: name, camel: name, pascal };
  const template = (file: string) => readFile(new URL(`../template/${file}`, import.meta.url), 'utf8');
  const own = (file: string) => readFile(path.join(root, 'packages', name, file), 'utf8');
  /** Lines without the order that a formatter gives to the names of an import. */
  const lines = (text: string) =>
    text.split('\n').map((line) => (line.startsWith('import {') ? [...line].sort().join('') : line));

  it('has the tests and the generator of the template', async () => {
    expect(await own('fixtures/generate.py')).toBe(await template('fixtures/generate.py'));
    const test = named(await template('src/__file__.test.ts'), { names, packageName: `@zoo/${name}` });
    expect(lines(await own(`src/${name}.test.ts`))).toEqual(lines(test));
  });

  it('is at most 150 lines of code', async () => {
    const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.ts'], {
      cwd: path.join(root, 'packages', name),
    });
    const code = stdout.split('\n').filter((file) => file !== '' && !file.endsWith('.test.ts'));
    const counts = await Promise.all(code.map(async (file) => (await own(file)).split('\n').length - 1));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(150);
  });
});
