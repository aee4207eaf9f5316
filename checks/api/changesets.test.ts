import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { missingChangesets } from './changesets.ts';

let root = '';
const git = (...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { stdio: 'pipe' });

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}
const writePackage = (version: string) =>
  write('packages/paint/package.json', JSON.stringify({ name: '@made-up/paint', version }));
const writeApi = (...signatures: string[]) =>
  write('packages/paint/api.md', `# Public\n\n## @made-up/paint\n\n\`\`\`ts\n${signatures.join('\n\n')}\n\`\`\`\n`);
const writeChangeset = (name: string, level: string) =>
  write(`.changeset/${name}.md`, `---\n'@made-up/paint': ${level}\n---\n\nPaints.\n`);

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

const paint = 'export function paint(colour: string): void;';
const wash = 'export function wash(): void;';
const options = (...members: string[]) =>
  `export interface Options {\n${members.map((one) => `    ${one}\n`).join('')}}`;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'zoo-changesets-'));
  git('init', '--quiet', '--initial-branch', 'main');
  await writePackage('0.1.0');
  await writeApi(paint, options('width: number;'));
  await write('.changeset/README.md', '# Changesets\n');
  commit('first release');
  git('tag', '@made-up/paint@0.1.0');
  git('switch', '--quiet', '--create', 'work');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a change of a public signature before 1.0', () => {
  it('fails without its changeset, and says which signature', async () => {
    await writeApi('export function paint(colour: number): void;', options('width: number;'));
    commit('colours are numbers');
    const [problem, ...others] = await missingChangesets(root);
    expect(others).toEqual([]);
    expect(problem).toMatch(/^@made-up\/paint: public signatures changed since the merge base [0-9a-f]{9}/);
    expect(problem).toContain("needs a changeset of at least 'minor', found none. Run `npx changeset`.");
    expect(problem).toContain('changed  @made-up/paint: paint');
  });

  it('fails before it is committed', async () => {
    await writeApi(paint, options('width: string;'));
    expect((await missingChangesets(root))[0]).toMatch(/changed {2}@made-up\/paint: Options/);
  });

  it.each([
    ['patch', 1],
    ['minor', 0],
    ['major', 0],
  ])('with a changeset of %s leaves %i to say', async (level, problems) => {
    await writeApi(options('width: number;'));
    await writeChangeset('no-paint', level);
    commit('paint is no more');
    expect(await missingChangesets(root)).toHaveLength(problems);
  });

  it('needs a patch for what is added: an export, or an optional member', async () => {
    await writeApi(paint, wash, options('width: number;', 'height?: number;'));
    commit('more');
    const [problem] = await missingChangesets(root);
    expect(problem).toContain("at least 'patch', found none");
    expect(problem).toContain('changed (options added)  @made-up/paint: Options');
    expect(problem).toContain('added  @made-up/paint: wash');
    await writeChangeset('more', 'patch');
    expect(await missingChangesets(root)).toEqual([]);
  });

  it('takes a member that callers must give for a break', async () => {
    await writeApi(paint, options('width: number;', 'height: number;'));
    commit('height');
    expect((await missingChangesets(root))[0]).toContain("at least 'minor'");
  });

  it('is not excused by a changeset that was there before the branch', async () => {
    git('switch', '--quiet', 'main');
    await writeChangeset('earlier', 'major');
    commit('another change');
    git('switch', '--quiet', '--create', 'later');
    await writeApi(wash, options('width: number;'));
    commit('wash');
    expect(await missingChangesets(root)).toHaveLength(1);
  });
});

describe('from 1.0', () => {
  beforeEach(async () => {
    git('switch', '--quiet', 'main');
    await writePackage('1.0.0');
    commit('1.0.0');
    git('tag', '@made-up/paint@1.0.0');
    git('switch', '--quiet', '--create', 'stable');
  });

  it.each([
    ['a break', [wash], 'minor', "at least 'major', found 'minor'"],
    ['an addition', [paint, wash, options('width: number;')], 'patch', "at least 'minor', found 'patch'"],
  ])('%s needs more', async (_, signatures, level, message) => {
    await writeApi(...signatures);
    await writeChangeset('stable', level);
    commit('change');
    expect((await missingChangesets(root))[0]).toContain(message);
  });
});

describe('on the main branch', () => {
  beforeEach(() => git('switch', '--quiet', 'main'));

  it('compares with the last release', async () => {
    await writeApi(wash);
    commit('pushed past the checks');
    expect((await missingChangesets(root))[0]).toContain('since @made-up/paint@0.1.0');
  });

  it('passes once the changesets have become a version', async () => {
    await writeApi(wash);
    await writePackage('0.2.0');
    commit('0.2.0');
    expect(await missingChangesets(root)).toEqual([]);
  });

  it('asks one changeset of a package that was never released', async () => {
    await write('packages/brush/package.json', JSON.stringify({ name: '@made-up/brush', version: '0.0.0' }));
    await write('packages/brush/api.md', '# Public\n\n## @made-up/brush\n\n```ts\nexport const brush: 1;\n```\n');
    commit('brush');
    expect((await missingChangesets(root))[0]).toContain(
      '@made-up/brush: public signatures changed since the beginning',
    );
    await write('.changeset/brush.md', "---\n'@made-up/brush': minor\n---\n\nBrushes.\n");
    commit('its changelog');
    expect(await missingChangesets(root)).toEqual([]);
  });
});
