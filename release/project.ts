import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneCopyOf } from './copies.ts';
import { type Manager, managers } from './managers.ts';
import type { Registry } from './registry.ts';
import type { Setup } from './setups.ts';

const templates = fileURLToPath(new URL('./projects/', import.meta.url));
const checkpoint = fileURLToPath(new URL('../packages/tensor-files/fixtures/net.pth', import.meta.url));

/** A project of a user's, made from its template and installed. */
export interface Project {
  folder: string;
  manager: Manager;
  /** The zoo's packages that it names. */
  names: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** Says of the zoo's packages what a package manager writes when it adds them at this version. */
function withVersions(manifest: string, version: string): { text: string; names: string[] } {
  const names = [...manifest.matchAll(/"(@zoo\/[\w-]+)": "latest"/g)].map(([, name = '']) => name);
  return { text: manifest.replace(/("@zoo\/[\w-]+"): "latest"/g, `$1: "^${version}"`), names };
}

/** Copies the template of a setup, the files that all share, and a checkpoint of PyTorch. */
export async function makeProject(setup: Setup, folder: string, registry: Registry, version: string): Promise<Project> {
  await mkdir(folder, { recursive: true });
  const template = setup.template ?? setup.name;
  await cp(path.join(templates, 'shared'), folder, { recursive: true });
  await cp(path.join(templates, template), folder, { recursive: true });
  await mkdir(path.join(folder, 'public'), { recursive: true });
  for (const place of ['net.pth', 'public/net.pth']) await cp(checkpoint, path.join(folder, place));
  const file = path.join(folder, 'package.json');
  const { text, names } = withVersions(await readFile(file, 'utf8'), version);
  await writeFile(file, text);
  const manager = managers[setup.manager ?? 'npm'];
  await manager.configure(folder, registry);
  const env = {
    // Nothing that this machine has made before serves.
    ZOO_CACHE: path.join(folder, '.zoo-cache'),
    ZOO_HOME: path.join(folder, '.zoo-home'),
    NEXT_TELEMETRY_DISABLED: '1',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
  return { folder, manager, names, env };
}

export async function install(project: Project, version: string): Promise<void> {
  await project.manager.install(project.folder);
  oneCopyOf(version, await project.manager.copies(project.folder));
}
