import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { type Package, packagesOf, textsOf } from '../workspace.ts';
import { type ApiChange, compareApi } from './compare.ts';

// A change of a public signature comes with a changeset. On a branch, signatures and changesets are compared with
// those at its merge base; on the main branch with those of each package's last release, which is its tag.

const levels: readonly string[] = ['none', 'patch', 'minor', 'major'];
const rank = (level: string): number => Math.max(0, levels.indexOf(level));

/** What a command of git prints, or undefined when it fails: a file or a branch that is not there. */
function git(root: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

/** The merge base with the main branch, unless this is the main branch. */
function mergeBase(root: string): string | undefined {
  const head = git(root, 'rev-parse', 'HEAD')?.trim();
  for (const main of ['origin/main', 'main']) {
    const base = git(root, 'merge-base', 'HEAD', main)?.trim();
    if (base !== undefined) return base === head ? undefined : base;
  }
  return undefined;
}

const lastRelease = (root: string, name: string): string | undefined =>
  git(root, 'tag', '--list', `${name}@*`, '--merged', 'HEAD', '--sort=-v:refname')?.split('\n')[0] || undefined;

/** How far the changesets of a folder that are not in `known` raise each package. */
async function raises(root: string, known: readonly string[]): Promise<Map<string, number>> {
  const files = await readdir(path.join(root, '.changeset')).catch((): string[] => []);
  const raised = new Map<string, number>();
  for (const file of files.filter((name) => name.endsWith('.md') && name !== 'README.md' && !known.includes(name))) {
    const text = await readFile(path.join(root, '.changeset', file), 'utf8');
    const front: unknown = parse(/^---\r?\n(.*?)^---/ms.exec(text)?.[1] ?? '');
    for (const [name, level] of Object.entries(textsOf(front)))
      raised.set(name, Math.max(raised.get(name) ?? 0, rank(level)));
  }
  return raised;
}

/** How far a version is above another: `patch`, `minor` or `major`. */
function raiseBetween(before: string, after: string): number {
  const [was, is] = [before, after].map((version) => version.split(/[.-]/).map(Number));
  const place = [0, 1, 2].find((index) => was?.[index] !== is?.[index]);
  return place === undefined ? 0 : 3 - place;
}

/** Before 1.0 a new minor version may break, as npm's `^0.1.0` means it; an addition is a patch. */
function needed(changes: readonly ApiChange[], version: string): string {
  const breaks = changes.some(({ kind }) => kind === 'break');
  if (changes.length === 0) return 'none';
  if (version.startsWith('0.')) return breaks ? 'minor' : 'patch';
  return breaks ? 'major' : 'minor';
}

async function problemOf(root: string, pack: Package, branchedAt: string | undefined): Promise<string | undefined> {
  const base = branchedAt ?? lastRelease(root, pack.name);
  const at = (file: string) => (base === undefined ? undefined : git(root, 'show', `${base}:${file}`));
  const report = `${pack.place}/api.md`;
  const after = await readFile(path.join(root, report), 'utf8').catch(() => '');
  const changes = compareApi(at(report) ?? '', after);
  const { version = pack.version } = textsOf(JSON.parse(at(`${pack.place}/package.json`) ?? '{}'));
  const level = needed(changes, version);
  // Before its first release a package has one changelog to come, whichever changeset it is in.
  const known =
    pack.version === '0.0.0' ? undefined : git(root, 'ls-tree', '--name-only', base ?? 'HEAD', '.changeset/');
  const old = base === undefined ? [] : (known ?? '').split('\n').map((file) => path.posix.basename(file));
  const raised = Math.max((await raises(root, old)).get(pack.name) ?? 0, raiseBetween(version, pack.version));
  if (raised >= rank(level)) return undefined;
  return [
    `${pack.name}: public signatures changed since ${branchedAt ? `the merge base ${branchedAt.slice(0, 9)}` : (base ?? 'the beginning')}, ` +
      `which needs a changeset of at least '${level}', found ${raised === 0 ? 'none' : `'${levels[raised]}'`}. Run \`npx changeset\`.`,
    ...changes.map(
      ({ how, what, kind }) => `  ${how}${kind === 'addition' && how === 'changed' ? ' (options added)' : ''}  ${what}`,
    ),
  ].join('\n');
}

/** What packages lack in changesets, one text each. `api.md` of each has to be up to date. */
export async function missingChangesets(root: string): Promise<string[]> {
  const branchedAt = mergeBase(root);
  const packages = (await packagesOf(root)).filter(({ manifest }) => manifest.private !== true);
  const problems = await Promise.all(packages.map((pack) => problemOf(root, pack, branchedAt)));
  return problems.filter((problem) => problem !== undefined);
}
