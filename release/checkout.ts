import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './command.ts';
import type { Registry } from './registry.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** A copy of this checkout in which versions can rise. */
export interface Checkout {
  folder: string;
  /** Runs `changeset version`, with another changeset of these bumps. Gives the version that the packages now have. */
  version(bumps?: Record<string, 'patch' | 'minor' | 'major'>): Promise<string>;
  /** Builds everything, as the workflow does. */
  build(): Promise<void>;
  /** Publishes every package whose version is not published yet, as the workflow does. */
  publish(): Promise<void>;
}

/** A package.json as far as it is read here. */
interface Manifest {
  name: string;
  version: string;
  private?: boolean;
}

/** Links what is installed, but for the zoo's own packages, which are those of the copy. */
async function linkModules(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from))
    if (name !== '@zoo') await symlink(path.join(from, name), path.join(to, name), 'junction');
}

async function copyFiles(folder: string): Promise<void> {
  const listed = await command('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  const files = listed.out.split('\0').filter(Boolean);
  for (const file of files) await cp(path.join(root, file), path.join(folder, file)).catch(ignoreAbsent);
  await linkModules(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const workspaces = new Set(
    files.filter((file) => /^(packages|apps)\/[^/]+\//.test(file)).map((file) => file.split('/').slice(0, 2).join('/')),
  );
  await mkdir(path.join(folder, 'node_modules', '@zoo'));
  for (const workspace of workspaces) {
    const { name } = await manifestOf(path.join(folder, workspace));
    await symlink(path.join(folder, workspace), path.join(folder, 'node_modules', name), 'junction');
    await linkModules(path.join(root, workspace, 'node_modules'), path.join(folder, workspace, 'node_modules')).catch(
      ignoreAbsent,
    );
  }
}

/** A file that git lists may be deleted, and a workspace may have nothing installed of its own. */
function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

const manifestOf = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));

const changesets = 'node_modules/@changesets/cli/bin.js';

/** Copies the checkout, as it is now, into a git repository of its own. */
export async function copyCheckout(folder: string, registry: Registry): Promise<Checkout> {
  await copyFiles(folder);
  await writeFile(path.join(folder, '.npmrc'), registry.npmrc);
  const git = (...args: string[]) => command('git', args, { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  await git('config', 'user.name', 'rehearsal');
  await git('config', 'user.email', 'rehearsal@localhost');
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', message);
  };
  await commit('The checkout');
  const env = { 'npm_config_@zoo:registry': registry.url, TURBO_TELEMETRY_DISABLED: '1' };

  const packages = async () => {
    const found: Manifest[] = [];
    for (const group of ['packages', 'apps'])
      for (const name of await readdir(path.join(folder, group)))
        found.push(await manifestOf(path.join(folder, group, name)));
    return found.filter((one) => !one.private);
  };

  return {
    folder,
    async version(bumps) {
      if (bumps) {
        const head = Object.entries(bumps).map(([name, bump]) => `'${name}': ${bump}`);
        await writeFile(
          path.join(folder, '.changeset', 'rehearsal.md'),
          ['---', ...head, '---', '', 'A rehearsal.', ''].join('\n'),
        );
        await commit('A change');
      }
      await command(process.execPath, [changesets, 'version'], { cwd: folder });
      await commit('Versions');
      const versions = new Set((await packages()).map(({ version }) => version));
      if (versions.size !== 1) throw new Error(`packages of one release have versions ${[...versions].join(', ')}.`);
      return [...versions].join();
    },
    async build() {
      await command('npm', ['run', 'build'], { cwd: folder, env, minutes: 10 });
    },
    async publish() {
      await command(process.execPath, [changesets, 'publish'], { cwd: folder, env });
      const published = await registry.published();
      const missing = (await packages()).filter(({ name, version }) => published.get(name) !== version);
      if (missing.length > 0)
        throw new Error(`not published: ${missing.map(({ name, version }) => `${name} ${version}`).join(', ')}.`);
    },
  };
}
