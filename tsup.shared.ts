import { type Plugin, rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import type { Options } from 'tsup';

/** A comment that the plugin for types leaves behind a field, on its line, would be no documentation of the next one. */
const commentsOnTheirOwnLines: Plugin = {
  name: 'comments on their own lines',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk') file.code = file.code.replaceAll('; /**', ';\n/**');
  },
};

/**
 * Writes the types of each entry, bundled. Each file is looked at by itself, which takes a hundredth of the time that the compiler takes
 * to infer types: whatever a package exports says its type. `npm run check` is the compiler's check of all of them.
 */
const types: NonNullable<Options['plugins']>[number] = {
  name: 'types',
  async buildEnd() {
    const ending = this.format === 'cjs' ? 'cjs' : 'js';
    const bundle = await rolldown({
      input: this.options.entry,
      external: (path, _importer, isResolved) => !isResolved && !/^[.#/]/.test(path),
      platform: 'neutral',
      resolve: { conditionNames: ['node'] },
      plugins: [dts({ emitDtsOnly: true, oxc: true, tsconfig: false }), commentsOnTheirOwnLines],
    });
    // The plugin makes `.d.ts` of `.js`, and `.d.cts` of `.cjs`.
    await bundle.write({
      dir: this.options.outDir,
      entryFileNames: `[name].${ending}`,
      chunkFileNames: `[name]-[hash].${ending}`,
    });
    await bundle.close();
  },
};

/**
 * One build for every package: ESM, CommonJS and types for each entry, nothing bundled that npm can install.
 * No source maps: the code is not minified, and they would be half of every package.
 */
export const build = (...entry: string[]): Options => ({
  entry,
  format: ['esm', 'cjs'],
  plugins: [types],
  clean: true,
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
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
    plugins: [],
    esbuildOptions: (options, { format }) => {
      options.conditions = ['browser'];
      // In a script that is no module `import.meta` is a syntax error: such code does not know where it lies, and says so when it is asked.
      if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' };
    },
  },
];
