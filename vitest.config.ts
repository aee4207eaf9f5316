import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { findChromium, webgpuFlags } from './tests/browser/chromium.ts';

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}.ts`, import.meta.url));

const node: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'node',
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tests/*.test.ts', 'docs/**/*.test.ts'],
    globalSetup: './tests/machine.ts',
    pool: 'forks',
  },
};

const browser = (executablePath: string): TestProjectInlineConfiguration => ({
  extends: true,
  optimizeDeps: {
    include: ['core', 'layers', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map(
      (name) => `@tensorflow/tfjs-${name}`,
    ),
  },
  test: {
    name: 'chromium',
    include: ['tests/browser/*.test.ts'],
    globalSetup: './tests/browser/page.ts',
    setupFiles: './tests/browser/wasm-files.ts',
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args: webgpuFlags } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

const chromium = findChromium();
if (chromium === undefined)
  process.stderr.write('Not run: tests in Chromium. None is found; install one, or let CHROMIUM_PATH name it.\n');

/** Tests run on the sources: a change is seen without a build. */
export default defineConfig({
  resolve: {
    alias: [
      { find: '@zoo/core/files', replacement: source('core/src/files') },
      { find: '@zoo/kernels/wasm', replacement: source('kernels/src/wasm') },
      { find: '@zoo/kernels/webgpu', replacement: source('kernels/src/webgpu') },
      { find: '@zoo/loaders/npm', replacement: source('loaders/src/npm') },
      { find: '@zoo/backends/setup', replacement: source('backends/src/setup') },
      { find: /^@zoo\/(\w+)$/, replacement: fileURLToPath(new URL('./packages/$1/src/index.ts', import.meta.url)) },
    ],
  },
  test: {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', './tests/closing-line.ts'],
    projects: [node, ...(chromium === undefined ? [] : [browser(chromium)])],
  },
});
