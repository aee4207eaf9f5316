import os from 'node:os';
import path from 'node:path';

/** Where data sets and weights are kept unless the caller says otherwise. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.ZOO_CACHE) return path.resolve(env.ZOO_CACHE);
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, 'zoo');
  if (platform === 'win32' && env.LOCALAPPDATA) return path.join(env.LOCALAPPDATA, 'zoo');
  return path.join(os.homedir(), '.cache', 'zoo');
}

/** How to choose another cache folder, for messages. */
export const otherCache = 'choose another cache folder with the environment variable ZOO_CACHE';
