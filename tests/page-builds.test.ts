import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// What a bundler for pages takes of each package: the built files that its `exports` name under `browser` and `default`, with their chunks.
const root = fileURLToPath(new URL('../packages/', import.meta.url));

/** Entries that are for Node alone. */
const forNode = ['@zoo/core/files', '@zoo/kernels/node', '@zoo/fetch/packages', '@zoo/backends/native'];

/** Packages that a page may be without. */
const optional = ['@tensorflow/tfjs-backend-webgl', '@tensorflow/tfjs-backend-webgpu', 'webgpu'];

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** The file of an entry, as a bundler for pages chooses it. */
function pageFile(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  for (const condition of ['browser', 'import', 'default']) {
    const chosen = field(entry, condition);
    if (chosen !== undefined) return pageFile(chosen);
  }
  return undefined;
}

const imports = /\b(?:import|export)\b(?:[^;'"`()]*?\bfrom)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

interface Import {
  specifier: string;
  dynamic: boolean;
}

/** What a file and its chunks import of others. */
async function importsOf(file: string, seen = new Set<string>()): Promise<Import[]> {
  if (seen.has(file)) return [];
  seen.add(file);
  const code = await readFile(file, 'utf8');
  const found: Import[] = [];
  for (const [, fixed, dynamic] of code.matchAll(imports)) {
    const specifier = fixed ?? dynamic ?? '';
    if (!specifier.startsWith('.')) found.push({ specifier, dynamic: fixed === undefined });
    else if (/\.js$/.test(specifier))
      found.push(...(await importsOf(fileURLToPath(new URL(specifier, `file://${file}`)), seen)));
  }
  return found;
}

/** Packages that are for Node as a whole. */
const whollyForNode = ['create-model', 'native-setup'];
/** Packages that are never published. */
const unpublished = ['testing'];

const packages = (await readdir(root)).filter((name) => ![...whollyForNode, ...unpublished].includes(name));

describe.each(packages)('the page build of @zoo/%s', async (name) => {
  const manifest: unknown = JSON.parse(await readFile(`${root}${name}/package.json`, 'utf8'));
  const entries = Object.entries(Object(field(manifest, 'exports')))
    .map(([subpath, entry]) => ({ entry: `@zoo/${name}${subpath.slice(1)}`, file: pageFile(entry) ?? '' }))
    .filter(({ entry, file }) => /\.js$/.test(file) && !forNode.includes(entry));

  it.each(entries)('$entry imports nothing of Node, and no optional package but when asked', async ({ file }) => {
    const found = await importsOf(`${root}${name}/${file}`);
    const ofNode = found.filter(({ specifier }) => specifier.startsWith('node:') || builtinModules.includes(specifier));
    expect(ofNode).toEqual([]);
    expect(found.filter(({ specifier, dynamic }) => optional.includes(specifier) && !dynamic)).toEqual([]);
  });
});

describe('the page build of @zoo/backends', () => {
  it('mentions nothing of Node, and carries the wasm files and the script of the threads', async () => {
    const folder = `${root}backends/dist/browser/`;
    const files = await readdir(folder);
    for (const file of files.filter((one) => /\.c?js$/.test(one) && !one.startsWith('thread-script')))
      expect(await readFile(folder + file, 'utf8'), file).not.toMatch(/["'`]node:|require\("(fs|os|path)"\)/);
    expect((await readdir(`${folder}wasm`)).sort()).toEqual([
      'NOTICE',
      'tfjs-backend-wasm-simd.wasm',
      'tfjs-backend-wasm-threaded-simd.wasm',
      'threads.js',
    ]);
  });
});
