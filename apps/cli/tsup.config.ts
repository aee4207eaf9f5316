import { defineConfig } from 'tsup';

/** A program, not a library: ESM for Node, without types. */
export default defineConfig({
  entry: ['src/zoo.ts'],
  format: ['esm'],
  dts: false,
  clean: true,
  target: 'es2022',
  platform: 'node',
  splitting: true,
  tsconfig: '../../tsconfig.build.json',
});
