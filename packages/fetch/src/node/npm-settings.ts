import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { readSettingsFile, type Settings } from './settings-file.ts';

/** Where npm lies beside this Node: its built-in npmrc says where the machine's own one is. */
function npmFolder(): string {
  const folder = path.dirname(process.execPath);
  return process.platform === 'win32'
    ? path.join(folder, 'node_modules', 'npm')
    : path.join(folder, '..', 'lib', 'node_modules', 'npm');
}

const prefix = (): string =>
  process.platform === 'win32' ? path.dirname(process.execPath) : path.join(path.dirname(process.execPath), '..');

/** `npm_config_strict_ssl=false` of the environment as `strict-ssl`; `npm_config_//host/:_authToken` as it is. */
function environmentSettings(env: NodeJS.ProcessEnv): Settings {
  const settings: Settings = {};
  for (const [name, value = ''] of Object.entries(env)) {
    const [, key] = /^npm_config_(.*)$/i.exec(name) ?? [];
    if (!key || value === '') continue;
    settings[key.startsWith('//') ? key : key.toLowerCase().replaceAll(/(?!^)_/g, '-')] = value;
  }
  return settings;
}

/** The npmrc of the project that a folder belongs to: the nearest one that stands beside a package.json. */
async function projectSettings(cwd: string, env: NodeJS.ProcessEnv, user: string): Promise<Settings> {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const file = path.join(folder, '.npmrc');
    const isProject = await readFile(path.join(folder, 'package.json')).then(
      () => true,
      () => false,
    );
    if (isProject && file !== path.resolve(user)) {
      const settings = await readSettingsFile(file, env);
      if (settings) return settings;
    }
    if (folder === path.dirname(folder)) return {};
  }
}

/** npm's network settings. */
export interface NpmSettings {
  /** With a slash at the end. */
  registry: string | undefined;
  /** Registries of scopes, by `@scope`. */
  scopes: Readonly<Record<string, string>>;
  /** Credentials and certificates, by `//host/path/:_authToken` and the like. */
  byAddress: Readonly<Record<string, string>>;
  proxy: string | undefined;
  httpsProxy: string | undefined;
  noProxy: readonly string[];
  /** Certificates to trust instead of Node's. */
  ca: readonly string[] | undefined;
  cert: string | undefined;
  key: string | undefined;
  strictSsl: boolean;
  offline: boolean;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value !== 'null' && value !== 'false' ? value : undefined;

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).flatMap((one) => text(one) ?? []);

const withSlash = (address: string): string => (address.endsWith('/') ? address : `${address}/`);

async function certificates(settings: Settings): Promise<string[] | undefined> {
  const file = text(settings.cafile);
  if (file) {
    const all = await readFile(file, 'utf8').catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : cause;
      throw new ZooError('network', `npm's cafile ${file}: cannot be read (${why}). Fix npm's settings.`, { cause });
    });
    return all.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  }
  const given = list(settings.ca);
  return given.length > 0 ? given : undefined;
}

/**
 * The user's npm settings (registry, proxy, certificates, credentials): of the environment, the project's, the user's, the
 * machine's and npm's own npmrc, the first that says something, as npm reads them.
 */
export async function npmSettings(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): Promise<NpmSettings> {
  const fromEnvironment = environmentSettings(env);
  const builtIn = (await readSettingsFile(path.join(npmFolder(), 'npmrc'), env)) ?? {};
  const userFile = text(fromEnvironment.userconfig) ?? path.join(os.homedir(), '.npmrc');
  const user = (await readSettingsFile(userFile, env)) ?? {};
  const project = await projectSettings(cwd, env, userFile);
  const above = { ...builtIn, ...user, ...project, ...fromEnvironment };
  const machineFile =
    text(above.globalconfig) ?? path.join(text(above.prefix) ?? env.PREFIX ?? prefix(), 'etc', 'npmrc');
  const machine = (await readSettingsFile(machineFile, env)) ?? {};
  const all: Settings = { ...builtIn, ...machine, ...user, ...project, ...fromEnvironment };
  const named = (test: (key: string) => boolean) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => (test(key) && text(value) ? [[key, String(value)]] : [])),
    );
  const scopes = named((key) => /^@[^:]+:registry$/.test(key));
  const httpProxy = env.HTTP_PROXY ?? env.http_proxy;
  return {
    registry: text(all.registry) && withSlash(String(all.registry)),
    scopes: Object.fromEntries(
      Object.entries(scopes).map(([key, value]) => [key.replace(/:registry$/, ''), withSlash(value)]),
    ),
    byAddress: named((key) => key.startsWith('//')),
    proxy: text(all.proxy) ?? text(httpProxy),
    httpsProxy:
      text(all['https-proxy']) ?? text(all.proxy) ?? text(env.HTTPS_PROXY ?? env.https_proxy) ?? text(httpProxy),
    noProxy: [text(all.noproxy) ?? text(env.NO_PROXY ?? env.no_proxy) ?? ''].flatMap((one) =>
      one.split(/[\s,]+/).filter(Boolean),
    ),
    ca: await certificates(all),
    cert: text(all.cert),
    key: text(all.key),
    strictSsl: String(all['strict-ssl'] ?? true) !== 'false',
    offline: String(all.offline ?? false) === 'true',
  };
}
