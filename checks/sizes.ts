// What each entry weighs in a page, against its budget: `npm run sizes`. `npm run sizes -- --write` measures anew: budgets become what
// was measured and a twentieth more, never above the limits below. The file is also what the documentation shows.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { entriesOf, isRecord, packagesOf, root } from './workspace.ts';

/** Bytes, minified by esbuild and compressed by gzip: what a page loads at once, and with what it may import later. */
interface Size {
  name: string;
  first: number;
  all: number;
}
interface Budget extends Size {
  /** The most that `first` may be. */
  budget: number;
}

/** Whole pages, with TensorFlow.js and all; and the promises that the documentation makes. */
const pages: readonly { name: string; code: string; limit: number }[] = [
  {
    name: 'a page that classifies pictures',
    code: `
      import { useBackend } from '@zoo/backends';
      import { classify } from '@zoo/trainers';
      import { loadModel } from '@zoo/weights';
      globalThis.run = async (url, picture) => {
        await useBackend('auto');
        const { model, labels } = await loadModel(url);
        return classify(model, picture, { labels });
      };`,
    limit: 150_000,
  },
];
const codecLimit = 12_000;
const isCodec = (entry: string) => entry.startsWith('@zoo/tensor-files/');

const file = path.join(root, 'docs/guide/sizes.json');

/** Files that a page loads before it runs: those that its entry imports statically, and so on. */
function loadedFirst(outputs: Metafile['outputs']): Set<string> {
  // What is imported dynamically is an entry point to esbuild, too.
  const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === '<stdin>');
  if (entry === undefined) throw new Error('esbuild names no output of the page.');
  const loaded = new Set<string>();
  const follow = [entry];
  for (let next = follow.pop(); next !== undefined; next = follow.pop()) {
    if (loaded.has(next)) continue;
    loaded.add(next);
    for (const { path: imported, kind, external } of outputs[next]?.imports ?? [])
      if (kind === 'import-statement' && !external) follow.push(imported);
  }
  return loaded;
}

/** What bundling gives for pages, or undefined for what needs Node. */
async function sizeOf(name: string, code: string, external: string[]): Promise<Size | undefined> {
  try {
    const { outputFiles, metafile } = await build({
      stdin: { contents: code, resolveDir: root },
      bundle: true,
      splitting: true,
      minify: true,
      metafile: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      outdir: root,
      absWorkingDir: root,
      logLevel: 'silent',
      loader: { '.safetensors': 'binary' },
      external,
    });
    const bytes = new Map(
      outputFiles.map(({ path: place, contents }) => [
        path.relative(root, place),
        gzipSync(contents, { level: 9 }).length,
      ]),
    );
    const sum = (names: Iterable<string>) =>
      [...names].reduce((total, one) => total + (bytes.get(path.normalize(one)) ?? 0), 0);
    return { name, first: sum(loadedFirst(metafile.outputs)), all: sum(bytes.keys()) };
  } catch (error) {
    if (error instanceof Error && /Could not resolve "(?:node:)?[a-z_/]+"/.test(error.message)) return undefined;
    throw error;
  }
}

/** What a page takes of an entry: all of it; of a format its readers, since few pages write what they read. */
async function usedOf(entry: string): Promise<string> {
  if (!isCodec(entry)) return `import * as all from '${entry}'; globalThis.all = all;`;
  const exported: unknown = await import(entry);
  const readers = Object.keys(isRecord(exported) ? exported : {}).filter((name) => name.startsWith('open'));
  const names = readers.length > 0 ? `{ ${readers.join(', ')} }` : '* as all';
  return `import ${names} from '${entry}'; globalThis.all = ${readers.length > 0 ? `[${readers.join(', ')}]` : 'all'};`;
}

async function measured(): Promise<{ sizes: Size[]; nodeOnly: string[] }> {
  const entries = (await packagesOf(root)).flatMap(entriesOf).map(({ name }) => name);
  const cases = [
    // TensorFlow.js is the user's own: what the zoo adds to it is counted.
    ...(await Promise.all(
      entries.map(async (name) => ({ name, code: await usedOf(name), external: ['@tensorflow/*'] })),
    )),
    ...pages.map(({ name, code }) => ({ name, code, external: [] })),
  ];
  const sizes: Size[] = [];
  const nodeOnly: string[] = [];
  for (const { name, code, external } of cases) {
    const size = await sizeOf(name, code, external);
    if (size === undefined) nodeOnly.push(name);
    else sizes.push(size);
  }
  return { sizes, nodeOnly };
}

function limitOf(name: string): number {
  return pages.find((page) => page.name === name)?.limit ?? (isCodec(name) ? codecLimit : Number.POSITIVE_INFINITY);
}

async function budgetsThere(): Promise<Map<string, number>> {
  const stored: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const rows = isRecord(stored) && Array.isArray(stored.sizes) ? stored.sizes.filter(isRecord) : [];
  return new Map(rows.map(({ name, budget }) => [String(name), Number(budget)]));
}

const kilobytes = (bytes: number) => (Number.isFinite(bytes) ? `${(bytes / 1000).toFixed(1)} kB` : '');
const { sizes, nodeOnly } = await measured();
const writes = process.argv.includes('--write');
const there = await budgetsThere();
const rows: Budget[] = sizes.map((size) => ({
  ...size,
  budget: writes ? Math.min(limitOf(size.name), Math.ceil(size.first * 1.05)) : (there.get(size.name) ?? 0),
}));

const columns = [Math.max(...rows.map(({ name }) => name.length)), 10, 10, 10];
const line = (cells: readonly string[]) =>
  cells
    .map((cell, index) => (index === 0 ? cell.padEnd(columns[0] ?? 0) : cell.padStart(columns[index] ?? 0)))
    .join('  ');
console.log(line(['gzip', 'at first', 'in all', 'budget']));
for (const { name, first, all, budget } of rows) console.log(line([name, ...[first, all, budget].map(kilobytes)]));
for (const name of nodeOnly) console.log(line([name, 'Node only']));

const problems = [
  ...rows
    .filter(({ first, budget }) => first > budget)
    .map(({ name, first, budget }) =>
      budget === 0
        ? `${name} has no budget yet. Run \`npm run sizes -- --write\`.`
        : `${name} weighs ${kilobytes(first)}, over its budget of ${kilobytes(budget)}. Make it smaller, or \`npm run sizes -- --write\` if it is worth it.`,
    ),
  ...[...there.keys(), ...pages.map(({ name }) => name)]
    .filter((name) => nodeOnly.includes(name))
    .map((name) => `${name} is for pages, and imports modules of Node.`),
];
if (writes) {
  await writeFile(file, JSON.stringify({ sizes: rows, nodeOnly }));
  execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file], { cwd: root });
}
for (const problem of new Set(problems)) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
