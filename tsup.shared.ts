import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Options } from 'tsup';

/** Source maps of split CommonJS name the built file by its absolute path, which is nobody's business. */
const relativeSources: NonNullable<Options['plugins']>[number] = {
  name: 'relative-sources',
  async buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles.filter((file) => file.name.endsWith('.map'))) {
      const map: { sources: string[] } = JSON.parse(await readFile(name, 'utf8'));
      const sources = map.sources.map((source) => (path.isAbsolute(source) ? path.basename(source) : source));
      await writeFile(name, JSON.stringify({ ...map, file: path.basename(name, '.map'), sources }));
    }
  },
};

/** One build for every package: ESM, CommonJS and types for each entry, nothing bundled that npm can install. */
export const build = (...entry: string[]): Options => ({
  entry,
  format: ['esm', 'cjs'],
  dts: true,
  sourcemap: true,
  clean: true,
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  plugins: [relativeSources],
  external: [/^node:/],
  tsconfig: '../../tsconfig.build.json',
});

/**
 * Two builds of one source: `dist` for Node and `dist/browser` for pages. They differ in the modules that `imports` of
 * package.json names with a leading `#`, each once for Node and once for pages. Types are the same for both.
 */
export const buildForNodeAndPages = (...entry: string[]): Options[] => [
  {
    ...build(...entry),
    clean: ['!browser/**'],
    esbuildOptions: (options) => {
      options.conditions = ['node'];
    },
  },
  {
    ...build(...entry),
    outDir: 'dist/browser',
    dts: false,
    esbuildOptions: (options) => {
      options.conditions = ['browser'];
    },
  },
];
