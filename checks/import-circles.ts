import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

// Circles of imports between TypeScript sources, within a package and across packages. Imports of types count: they vanish
// in the build, but two files that need each other's types are one file to a reader.

const slashes = (file: string) => file.split(path.sep).join('/');

/** TypeScript files of a checkout that are published or that build it: no tests, no declarations. */
async function sourcesOf(root: string): Promise<string[]> {
  const found = await Promise.all(
    ['packages', 'apps'].map(async (folder) => {
      const files = await readdir(path.join(root, folder), { recursive: true }).catch((): string[] => []);
      return files.map((file) => `${folder}/${slashes(file)}`);
    }),
  );
  return found
    .flat()
    .filter((file) => /\.tsx?$/.test(file) && !/(?:\.d|\.test)\.ts$|\/node_modules\/|\/dist\//.test(file))
    .sort();
}

/** Every file that a file imports or exports from, by each of the ways that resolution may take (`#name` of Node and pages). */
function importsOf(root: string, file: string, manifests: Map<string, Record<string, unknown>>): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    if (fileName.startsWith('.')) {
      const one = path.posix.join(path.posix.dirname(file), fileName);
      return [one, `${one}.ts`]; // AssemblyScript leaves the ending out.
    }
    const place = file.split('/').slice(0, 2).join('/');
    if (fileName.startsWith('#'))
      return leaves(manifests.get(place)?.imports, fileName).map((one) => path.posix.join(place, one));
    const [, name, part = 'index'] = /^@zoo\/([\w-]+)(?:\/([\w-]+))?$/.exec(fileName) ?? [];
    return name ? [`packages/${name}/src/${part}.ts`] : [];
  });
}

/** The files of `"#name": { "browser": ..., "default": ... }`. */
function leaves(imports: unknown, name: string): string[] {
  const collect = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(collect)
        : [];
  return typeof imports === 'object' && imports !== null
    ? Object.entries(imports).flatMap(([key, value]) => (key === name ? collect(value) : []))
    : [];
}

/** Groups of nodes that reach one another (Tarjan 1972), sorted, those of one node left out. */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const place = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = place.size;
    place.set(node, own);
    low.set(node, own);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      const seen = place.get(next);
      const reached = seen === undefined ? visit(next) : stack.includes(next) ? seen : own;
      low.set(node, Math.min(low.get(node) ?? own, reached));
    }
    const lowest = low.get(node) ?? own;
    if (lowest === own) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1 || graph.get(node)?.includes(node)) circles.push(group.sort());
    }
    return lowest;
  };
  for (const node of graph.keys()) if (!place.has(node)) visit(node);
  return circles.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

/** The circles of a checkout, each as the files in it. */
export async function importCircles(root: string): Promise<string[][]> {
  const files = await sourcesOf(root);
  const manifests = new Map<string, Record<string, unknown>>();
  for (const place of new Set(files.map((file) => file.split('/').slice(0, 2).join('/')))) {
    const manifest = path.join(root, place, 'package.json');
    if (existsSync(manifest)) manifests.set(place, JSON.parse(readFileSync(manifest, 'utf8')));
  }
  return circlesIn(new Map(files.map((file) => [file, importsOf(root, file, manifests)])));
}
