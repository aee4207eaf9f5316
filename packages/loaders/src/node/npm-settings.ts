import { fileURLToPath } from 'node:url';
import type { Options } from 'pacote';

/**
 * The user's npm settings (registry, proxy, certificates, credentials), from the command's environment, the project's,
 * the user's and the machine's npmrc, read the way npm itself reads them.
 */
export async function npmSettings(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): Promise<Options> {
  const { default: Config } = await import('@npmcli/config');
  const { definitions, shorthands, flatten } = await import('@npmcli/config/lib/definitions/index.js');
  const config = new Config({
    definitions,
    shorthands,
    flatten,
    cwd,
    argv: [],
    // A copy: loading writes its findings back.
    env: { ...env },
    // Where npm's own built-in npmrc would lie; only distributions of npm have one.
    npmPath: fileURLToPath(new URL('.', import.meta.url)),
    warn: false,
  });
  await config.load();
  // Packages are not kept in npm's cache too: what is wanted of them goes into the zoo's.
  const { cache: _, ...settings } = config.flat;
  return settings;
}
