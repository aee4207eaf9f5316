import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isRecord, root, textsOf } from './workspace.ts';

const folder = path.join(root, '.github/workflows');
const files = await readdir(folder);
const texts = new Map(
  await Promise.all(files.map(async (file) => [file, await readFile(path.join(folder, file), 'utf8')] as const)),
);

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
const workflow = (file: string) => recordOf(parse(texts.get(file) ?? ''));
const jobs = (file: string) =>
  Object.entries(recordOf(workflow(file).jobs)).map(([name, job]) => ({ name, job: recordOf(job) }));
const steps = (job: Record<string, unknown>) => (Array.isArray(job.steps) ? job.steps.map(recordOf) : []);

/** Who may write what. Everything else may read the repository at most. */
const writers: Record<string, Record<string, string>> = {
  'release.yml version': { contents: 'write', 'pull-requests': 'write' },
  'release.yml publish': { contents: 'write', 'id-token': 'write' },
  'release.yml docs': { contents: 'write' },
  'release.yml canary': { contents: 'read', 'id-token': 'write' },
};

describe.each(files)('%s', (file) => {
  it('pins every action by its commit, and says which version that is', () => {
    const uses = [...(texts.get(file) ?? '').matchAll(/^\s*(?:- )?uses:(.*)$/gm)].map(([, one = '']) => one.trim());
    expect(uses.length).toBeGreaterThan(0);
    for (const one of uses) expect(one).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('gives each job the permissions that it needs, and no more', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(workflow(file).permissions);
    const given = jobs(file).map(({ name, job }) => [`${file} ${name}`, job.permissions]);
    expect(given).toEqual(jobs(file).map(({ name }) => [`${file} ${name}`, writers[`${file} ${name}`]]));
  });

  it('knows no secret, and runs nothing of a pull request with rights of the repository', () => {
    expect(texts.get(file)).not.toMatch(/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/);
    expect(Object.keys(recordOf(workflow(file).on))).not.toContain('pull_request_target');
    for (const { job } of jobs(file))
      for (const { run } of steps(job)) expect(String(run ?? '')).not.toMatch(/\$\{\{\s*github\.(?:event|head_ref)/);
  });

  it('ends when it hangs', () => {
    for (const { name, job } of jobs(file)) expect(job['timeout-minutes'], name).toBeTypeOf('number');
  });

  it('runs only scripts that are there', async () => {
    const { scripts } = recordOf(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
    const called = jobs(file).flatMap(({ job }) => steps(job).map((step) => textsOf(step).run ?? ''));
    for (const [, script = '', inPackage] of called
      .join('\n')
      .matchAll(/npm run (?:--silent )?([\w:-]+)( --workspace)?/g))
      if (!inPackage) expect(Object.keys(textsOf(scripts))).toContain(script);
  });
});

it('tests three systems with three versions of Node', () => {
  const test = jobs('ci.yml').find(({ name }) => name === 'test');
  expect(recordOf(recordOf(test?.job.strategy).matrix)).toEqual({
    os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
    node: [20, 22, 24],
  });
});

it('publishes from jobs that have no cache and run no script of a dependency', () => {
  for (const { name, job } of jobs('release.yml').filter(
    ({ job }) => recordOf(job.permissions)['id-token'] === 'write',
  )) {
    expect(job.environment, name).toBe('npm');
    const node = steps(job).find((step) => /setup-node/.test(textsOf(step).uses ?? ''));
    expect(recordOf(node?.with)).toEqual({ 'node-version': 24, 'package-manager-cache': false });
    expect(steps(job).map((step) => step.run)).toContain('npm ci --ignore-scripts');
  }
});
