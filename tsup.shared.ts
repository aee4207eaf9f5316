import type { Options } from 'tsup';

/**
 * One build for every package: ESM, CommonJS and types for each entry, nothing bundled that npm can install.
 * No source maps: the code is not minified, and they would be half of every package.
 */
export const build = (...entry: string[]): Options => ({
  entry,
  format: ['esm', 'cjs'],
  dts: true,
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
    dts: false,
    esbuildOptions: (options, { format }) => {
      options.conditions = ['browser'];
      // In a script that is no module `import.meta` is a syntax error: such code does not know where it lies, and says so when it is asked.
      if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' };
    },
  },
];
