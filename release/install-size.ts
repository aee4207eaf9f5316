import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { managers } from './managers.ts';
import type { Registry } from './registry.ts';
import type { Weight } from './report.ts';

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(path.join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Installs a package alone, with the peers that it needs, and says what that brings. */
export async function installSize(name: string, version: string, folder: string, registry: Registry): Promise<Weight> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [name]: version } }),
  );
  await managers.npm.configure(folder, registry);
  await managers.npm.install(folder);
  const modules = path.join(folder, 'node_modules');
  const lock: { packages: Record<string, { hasInstallScript?: boolean }> } = JSON.parse(
    await readFile(path.join(modules, '.package-lock.json'), 'utf8'),
  );
  const installed = Object.entries(lock.packages);
  const scripts = installed
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => place.replace(/^.*node_modules\//, ''));
  const megabytes = (await bytesIn(modules)) / 1e6;
  await rm(folder, { recursive: true });
  return { name, packages: installed.length, megabytes, scripts };
}
