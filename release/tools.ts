import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { command } from './command.ts';

/** Where tests keep what they have fetched. */
const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'zoo-tests');

/** Programs that are needed here alone, and fetched when they are: they would make every `npm ci` slower. */
export const versions = { verdaccio: '6.8.0', pnpm: '12.21.0', yarn: '4.18.1' } as const;

async function fetched(folder: string, file: string, name: string, overrides: Record<string, string>): Promise<string> {
  const prefix = path.join(cache, folder);
  const program = path.join(prefix, 'node_modules', file);
  if (!existsSync(program)) {
    await mkdir(prefix, { recursive: true });
    await writeFile(path.join(prefix, 'package.json'), JSON.stringify({ private: true, overrides }));
    const args = ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', name];
    await command('npm', args, { cwd: prefix });
  }
  return program;
}

/** The file that Node runs as verdaccio. */
export const verdaccio = (): Promise<string> =>
  fetched(`verdaccio-${versions.verdaccio}`, 'verdaccio/bin/verdaccio', `verdaccio@${versions.verdaccio}`, {
    'node-fetch': '2.7.0',
  });

/** The file that Node runs as pnpm. */
export const pnpm = (): Promise<string> =>
  fetched(`pnpm-${versions.pnpm}`, 'pnpm/bin/pnpm.mjs', `pnpm@${versions.pnpm}`, {});

/** The file that Node runs as Yarn: the package that corepack would fetch from elsewhere. */
export const yarn = (): Promise<string> =>
  fetched(`yarn-${versions.yarn}`, '@yarnpkg/cli-dist/bin/yarn.js', `@yarnpkg/cli-dist@${versions.yarn}`, {});

/** A Node of this major version: the one that runs this, or one out of npm. */
export async function nodeOf(major: number): Promise<string> {
  if (process.versions.node.split('.')[0] === String(major)) return process.execPath;
  const kind = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return fetched(`node-${major}`, `${kind}/${file}`, `${kind}@${major}`, {});
}
