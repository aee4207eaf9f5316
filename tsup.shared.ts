import type { Options } from 'tsup';

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
  external: [/^node:/],
  tsconfig: '../../tsconfig.build.json',
});
