import path from 'node:path';
import type { Options } from 'pacote';

/** Where npm lies beside this Node: its built-in npmrc says where the machine's own one is. */
function npmFolder(): string {
  const folder = path.dirname(process.execPath);
  return process.platform === 'win32'
    ? path.join(folder, 'node_modules', 'npm')
    : path.join(folder, '..', 'lib', 'node_modules', 'npm');
}

/**
 * The user's npm settings (registry, proxy, certificates, credentials), from the command's environment, the project's,
 * the user's and the machine's npmrc, read the way npm itself reads them.
 */
export async function npmSettings(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): Promise<Options> {
  const { default: Config } = await import('@npmcli/config');
  // A CommonJS module: Node sees its exports through `default` alone.
  const { default: npm } = await import('@npmcli/config/lib/definitions/index.js');
  const { definitions, shorthands, flatten } = npm;
  const config = new Config({
    definitions,
    shorthands,
    flatten,
    cwd,
    argv: [],
    // A copy: loading writes its findings back.
    env: { ...env },
    npmPath: npmFolder(),
    warn: false,
  });
  await config.load();
  const before = { ...process.env };
  // Packages are not kept in npm's cache too: what is wanted of them goes into the zoo's.
  const { cache: _, ...settings } = config.flat;
  // Working out the settings sets a few variables for npm's own children.
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  return settings;
}
