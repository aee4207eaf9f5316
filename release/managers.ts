import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { command } from './command.ts';
import { copiesOfPnpm, copiesOfYarn, installedCopies } from './copies.ts';
import type { Registry } from './registry.ts';
import { pnpm, yarn } from './tools.ts';

/** A package manager, by what its users type. */
export interface Manager {
  /** Lets it take the zoo's packages from the registry of the rehearsal. */
  configure(folder: string, registry: Registry): Promise<void>;
  install(folder: string): Promise<void>;
  /** Newer versions of these packages within the ranges of package.json: what is safe at any time. */
  update(folder: string, names: readonly string[]): Promise<void>;
  /** The same of one package; pnpm and Yarn keep what the others stand on as it is, until they are told to do with one copy. */
  updateOne(folder: string, name: string): Promise<void>;
  /** The newest version of every zoo package, as the docs say it. */
  upgrade(folder: string, names: readonly string[]): Promise<void>;
  /** Runs a file on a Node. */
  run(folder: string, node: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string>;
  /** Versions in which each of the zoo's packages is installed, one for each copy. */
  copies(folder: string): Promise<Map<string, string[]>>;
}

const npmSetting = async (name: string): Promise<string> => {
  const value = (await command('npm', ['config', 'get', name], { cwd: process.cwd() })).out.trim();
  return value === 'null' || value === 'undefined' ? '' : value;
};

/** None of what is installed runs a script of its own. */
const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];

const plainRun: Manager['run'] = async (cwd, node, args, env = {}) => (await command(node, args, { cwd, env })).out;

const npm: Manager = {
  configure: (folder, { npmrc }) => writeFile(path.join(folder, '.npmrc'), npmrc),
  async install(cwd) {
    await command('npm', ['install', '--prefer-offline', ...quiet], { cwd });
  },
  async update(cwd, names) {
    await command('npm', ['update', ...names, ...quiet], { cwd });
  },
  updateOne: (cwd, name) => npm.update(cwd, [name]),
  async upgrade(cwd, names) {
    await command('npm', ['install', ...names.map((name) => `${name}@latest`), ...quiet], { cwd });
  },
  run: plainRun,
  copies: (folder) => installedCopies(folder),
};

const pnpmCommand = async (cwd: string, ...args: string[]) => {
  await command(process.execPath, [await pnpm(), ...args], { cwd, env: { CI: '1' } });
};

const pnpmManager: Manager = {
  async configure(folder, { npmrc }) {
    await writeFile(path.join(folder, '.npmrc'), npmrc);
    // Versions that are a minute old are what is rehearsed.
    await writeFile(path.join(folder, 'pnpm-workspace.yaml'), 'minimumReleaseAge: 0\nstrictDepBuilds: false\n');
  },
  install: (cwd) => pnpmCommand(cwd, 'install', '--ignore-scripts', '--no-frozen-lockfile'),
  update: (cwd, names) => pnpmCommand(cwd, 'update', ...names, '--ignore-scripts'),
  async updateOne(cwd, name) {
    await pnpmManager.update(cwd, [name]);
    await pnpmCommand(cwd, 'dedupe', '--ignore-scripts');
  },
  upgrade: (cwd) => pnpmCommand(cwd, 'update', '--latest', '@zoo/*', '--ignore-scripts'),
  run: plainRun,
  copies: async (folder) => copiesOfPnpm(await readFile(path.join(folder, 'pnpm-lock.yaml'), 'utf8')),
};

const yarnCommand = async (cwd: string, ...args: string[]) => {
  const env = { CI: '', YARN_ENABLE_IMMUTABLE_INSTALLS: 'false', YARN_IGNORE_PATH: '1' };
  return command(process.execPath, [await yarn(), ...args], { cwd, env });
};

/** Yarn 4 as it is by default, without node_modules: a package reaches only what it declares. */
const yarnManager: Manager = {
  async configure(folder, { url }) {
    const [registry, cafile] = [await npmSetting('registry'), await npmSetting('cafile')];
    const settings = [
      'enableTelemetry: false',
      // What all projects share knows a version by its name alone, and would give what an earlier rehearsal published.
      'enableGlobalCache: false',
      'globalFolder: .yarn/global',
      'enableScripts: false',
      "npmPreapprovedPackages: ['@zoo/*']",
      'unsafeHttpWhitelist: [localhost]',
      `npmRegistryServer: ${JSON.stringify(registry)}`,
      ...(cafile ? [`httpsCaFilePath: ${JSON.stringify(cafile)}`] : []),
      `npmScopes: { zoo: { npmRegistryServer: ${JSON.stringify(url)} } }`,
    ];
    await writeFile(path.join(folder, '.yarnrc.yml'), `${settings.join('\n')}\n`);
    // A project of its own, whatever lies above it.
    await writeFile(path.join(folder, 'yarn.lock'), '');
  },
  async install(cwd) {
    await yarnCommand(cwd, 'install');
  },
  async update(cwd, names) {
    await yarnCommand(cwd, 'up', '--recursive', ...names);
  },
  async updateOne(cwd, name) {
    await yarnManager.update(cwd, [name]);
    await yarnCommand(cwd, 'dedupe', '@zoo/*');
  },
  async upgrade(cwd) {
    await yarnCommand(cwd, 'up', '@zoo/*');
  },
  async run(cwd, node, args, env = {}) {
    const options = `--require ${path.join(cwd, '.pnp.cjs')} --experimental-loader ${path.join(cwd, '.pnp.loader.mjs')} --no-warnings`;
    return (await command(node, args, { cwd, env: { NODE_OPTIONS: options, ...env } })).out;
  },
  copies: async (folder) => copiesOfYarn(await readFile(path.join(folder, 'yarn.lock'), 'utf8')),
};

export const managers = { npm, pnpm: pnpmManager, yarn: yarnManager } as const;
