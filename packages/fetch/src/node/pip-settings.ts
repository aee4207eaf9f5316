import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readSettingsFile, type Settings } from './settings-file.ts';

/** Where pip looks for its settings, the weakest first. */
function files(env: NodeJS.ProcessEnv): string[] {
  const home = os.homedir();
  const { APPDATA = '', PROGRAMDATA = '', XDG_CONFIG_HOME, VIRTUAL_ENV, PIP_CONFIG_FILE } = env;
  const usual =
    process.platform === 'win32'
      ? [
          path.join(PROGRAMDATA, 'pip', 'pip.ini'),
          path.join(home, 'pip', 'pip.ini'),
          path.join(APPDATA, 'pip', 'pip.ini'),
        ]
      : [
          '/etc/pip.conf',
          path.join(home, '.pip', 'pip.conf'),
          path.join(XDG_CONFIG_HOME ?? path.join(home, '.config'), 'pip', 'pip.conf'),
        ];
  const name = process.platform === 'win32' ? 'pip.ini' : 'pip.conf';
  return [
    ...usual,
    ...(VIRTUAL_ENV ? [path.join(VIRTUAL_ENV, name)] : []),
    ...(PIP_CONFIG_FILE ? [PIP_CONFIG_FILE] : []),
  ];
}

/** pip's network settings. */
export interface PipSettings {
  /** With a slash at the end; it may hold credentials. Undefined where nobody has set one. */
  index: string | undefined;
  proxy: string | undefined;
  ca: readonly string[] | undefined;
}

const section = (settings: Settings, name: string): Settings => {
  const found = settings[name];
  return typeof found === 'object' && found !== null ? { ...found } : {};
};

/** The user's pip settings, of the environment and of pip's files, the first that says something. */
export async function pipSettings(env: NodeJS.ProcessEnv = process.env): Promise<PipSettings> {
  let all: Settings = {};
  // pip reads no files where this one is named.
  for (const file of env.PIP_CONFIG_FILE === os.devNull ? [] : files(env)) {
    const settings = (await readSettingsFile(file, {})) ?? {};
    all = { ...all, ...section(settings, 'global'), ...section(settings, 'download') };
  }
  const said = (name: string): string | undefined => {
    const value = env[`PIP_${name.replaceAll('-', '_').toUpperCase()}`] ?? all[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const cert = said('cert');
  const text = cert === undefined ? undefined : await readFile(cert, 'utf8').catch(() => undefined);
  return {
    index: said('index-url')?.replace(/\/*$/, '/'),
    proxy: said('proxy'),
    ca: text?.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? undefined,
  };
}
