import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

// The examples of every README are run as they are printed. Fences marked `ts no-run` need data or a network, and are left out.
const root = new URL('../', import.meta.url);
const scratch = new URL('./.examples/', import.meta.url);
const packages = await readdir(new URL('packages/', root));
const readmes = [...packages.map((name) => `packages/${name}/README.md`), 'README.md'];

const examplesOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code ?? '');

describe.each(readmes)('%s', async (path) => {
  const markdown = await readFile(new URL(path, root), 'utf8');
  const examples = examplesOf(markdown);

  it('shows at least one example', () => {
    expect(markdown).toMatch(/^```(ts|sh)/m);
  });

  it('imports what its own line installs', () => {
    const lines = [...markdown.matchAll(/^ *npm install (@zoo.*)$/gm)].flatMap(([, names = '']) => names.split(/\s+/));
    if (lines.length === 0) return;
    const imported = examples.flatMap((code) =>
      [...code.matchAll(/^import[^']*'((?:@[\w-]+\/)?[\w-]+)(?:\/[\w-]+)?';$/gm)].map(([, name]) => name),
    );
    expect([...new Set(imported)].filter((name) => name && !lines.includes(name))).toEqual([]);
  });

  for (const [index, code] of examples.entries())
    it(`example ${index + 1} runs`, async () => {
      await mkdir(scratch, { recursive: true });
      const file = new URL(`${path.replaceAll('/', '-')}-${index + 1}.ts`, scratch);
      await writeFile(file, code);
      await expect(import(/* @vite-ignore */ fileURLToPath(file))).resolves.toBeDefined();
    });
});

afterAll(() => rm(scratch, { recursive: true, force: true }));
