import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { endGroup } from './command.ts';
import { verdaccio } from './tools.ts';

/** A registry that holds what is published to it, and ends with this process. */
export interface Registry {
  url: string;
  /** The lines of an npmrc by which npm and pnpm take the zoo's packages from it, and all others from where the user has them from. */
  npmrc: string;
  /** Names and newest versions of what it holds. */
  published(): Promise<Map<string, string>>;
  close(): void;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

const settings = (storage: string): string => `
storage: ${JSON.stringify(storage)}
uplinks: {}
packages:
  '@zoo/*': { access: $all, publish: $all }
web: { enable: false }
max_body_size: 200mb
log: { type: stdout, level: error }
`;

async function publishedIn(storage: string): Promise<Map<string, string>> {
  if (!existsSync(storage)) return new Map();
  const found = new Map<string, string>();
  for (const name of await readdir(storage)) {
    const text = await readFile(path.join(storage, name, 'package.json'), 'utf8');
    const { 'dist-tags': tags }: { 'dist-tags': Record<string, string> } = JSON.parse(text);
    if (tags.latest !== undefined) found.set(`@zoo/${name}`, tags.latest);
  }
  return found;
}

/** Starts verdaccio, empty, in a folder. It serves the zoo's packages only: all others come by the user's own npm settings. */
export async function startRegistry(folder: string): Promise<Registry> {
  await mkdir(folder, { recursive: true });
  const config = path.join(folder, 'config.yaml');
  await writeFile(config, settings(path.join(folder, 'storage')));
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  const child = spawn(process.execPath, [await verdaccio(), '--config', config, '--listen', `localhost:${port}`], {
    cwd: folder,
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  const close = () => endGroup(child.pid);
  process.once('exit', close);
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(`${url}-/ping`).catch(() => undefined);
    if (answer?.ok) break;
    if (attempt === 120 || child.exitCode !== null) throw new Error('verdaccio does not start.');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  // npm publishes with a token only; this registry asks for none.
  return {
    url,
    published: () => publishedIn(path.join(folder, 'storage', '@zoo')),
    npmrc: `@zoo:registry=${url}\n//localhost:${port}/:_authToken=none\n`,
    close,
  };
}
