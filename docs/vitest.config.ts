import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Checks of the site as it was built: `npm run docs:check` builds it first. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['site/*.check.ts'],
    reporters: ['default', fileURLToPath(new URL('../tests/closing-line.ts', import.meta.url))],
    testTimeout: 60_000,
    pool: 'forks',
    // Pages in Chromium at a time.
    maxConcurrency: 3,
  },
});
