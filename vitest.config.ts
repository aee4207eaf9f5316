import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}.ts`, import.meta.url));

/** Tests run on the sources: a change is seen without a build. */
export default defineConfig({
  resolve: {
    alias: [
      { find: '@zoo/core/files', replacement: source('core/src/files') },
      { find: '@zoo/kernels/wasm', replacement: source('kernels/src/wasm') },
      { find: '@zoo/kernels/webgpu', replacement: source('kernels/src/webgpu') },
      { find: /^@zoo\/(\w+)$/, replacement: fileURLToPath(new URL('./packages/$1/src/index.ts', import.meta.url)) },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tests/**/*.test.ts', 'docs/**/*.test.ts'],
    globalSetup: './tests/machine.ts',
    testTimeout: 60_000,
    pool: 'forks',
    reporters: ['default', './tests/closing-line.ts'],
  },
});
