import os from 'node:os';
import path from 'node:path';

/** Where the zoo keeps what it builds for this machine: `ZOO_HOME`, else the user's data folder. */
export function zooHome(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.ZOO_HOME) return path.resolve(env.ZOO_HOME);
  if (env.XDG_DATA_HOME) return path.join(env.XDG_DATA_HOME, 'zoo');
  if (platform === 'win32' && env.LOCALAPPDATA) return path.join(env.LOCALAPPDATA, 'zoo', 'data');
  return path.join(os.homedir(), '.local', 'share', 'zoo');
}

/** The folder of all native builds. */
export const nativeFolder = (): string => path.join(zooHome(), 'native');
