import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { build } from 'esbuild';
import type { Plugin } from 'vite';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { noteNotRun } from './packages/testing/src/not-run.ts';
import { type Chromium, findChromium, webgpuFlags } from './tests/browser/chromium.ts';
import { fetchChromium } from './tests/browser/fetch-chromium.ts';
import { builtPackages } from './tests/built/built-packages.ts';

/** Tests run on the sources: a change is seen without a build. An entry `@zoo/NAME/PART` is `src/PART.ts`. */
const sources = (path: string) => fileURLToPath(new URL(`./packages/${path}.ts`, import.meta.url));
const resolve = {
  alias: [
    { find: /^@zoo\/([\w-]+)$/, replacement: sources('$1/src/index') },
    { find: /^@zoo\/([\w-]+)\/([\w-]+)$/, replacement: sources('$1/src/$2') },
  ],
};

/** A file of weights as a module of its bytes, as the build of `@zoo/cifar10-weights` makes it. */
const weightsAsModules: Plugin = {
  name: 'weights-as-modules',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith('.safetensors')) return undefined;
    const base64 = (await readFile(id)).toString('base64');
    return `export default Uint8Array.from(atob('${base64}'), (letter) => letter.charCodeAt(0));`;
  },
};

/** Tests use servers, processes and pages, on machines under load. Tests that passed only when run again are listed at the end. */
const timeouts = { testTimeout: 300_000, hookTimeout: 300_000, retry: 1 };

const equalArrays = './packages/testing/src/equal-arrays.ts';

const inNode: TestProjectInlineConfiguration = {
  resolve,
  plugins: [weightsAsModules],
  test: { ...timeouts, pool: 'forks', setupFiles: equalArrays },
};

/** Tests that need a process of their own for each file. */
const ownProcess = [
  // They start backends for the first time, remove them, and put others in their place.
  'packages/backends/src/**/*.test.ts',
  // It is about what there is before any backend is.
  'packages/layers/src/no-backend.test.ts',
  // It compares with the kernel of tfjs, which it has to find before ours stands over it.
  'packages/kernels/src/cpu/conv-filter-gradient.test.ts',
  // It destroys devices of WebGPU, and has none to be had.
  'packages/trainers/src/device-loss.test.ts',
  // Commands, which choose a backend by themselves: once WebGPU on a software adapter runs in a process, all later work there is on it, twenty times as slow.
  'apps/cli/src/commands/{train-backends,train-every-option}.test.ts',
  // They wait for processes and builds of their own, for long, so they begin first: vitest starts files with a process of their own before others.
  'tests/{error-copies,hostile,kills,minified,native-process,packages,page-builds,readme,wasm-process,webgpu-process}.test.ts',
];

/** Tests that name the backends they run on. */
const onBackends = [
  'packages/{kernels,layers}/src/**/*.test.ts',
  'packages/weights/src/mapping/fill-variables.test.ts',
  'packages/testing/src/numbers.test.ts',
  'tests/{,presets/}*.test.ts',
];

const node: TestProjectInlineConfiguration = {
  ...inNode,
  test: { ...inNode.test, name: 'node', include: ownProcess },
};

/** Files share a few processes, and leave nothing changed behind. */
const inSharedProcesses = { ...inNode.test, isolate: false, unstubGlobals: true, unstubEnvs: true };

/**
 * Tests that name the backends they run on. Files share a few processes, in which a backend is started, and a shader of WebGPU
 * compiled, once for all of them.
 */
const onBackendsShared: TestProjectInlineConfiguration = {
  ...inNode,
  test: {
    ...inSharedProcesses,
    name: 'node, backends',
    setupFiles: [equalArrays, './packages/testing/src/same-start.ts'],
    include: onBackends,
    exclude: [...ownProcess, '**/node_modules/**'],
  },
};

/** All other tests. Files share a few processes: starting one and loading tfjs takes longer than most of these tests. */
const shared: TestProjectInlineConfiguration = {
  ...inNode,
  test: {
    ...inSharedProcesses,
    name: 'node, shared',
    setupFiles: [equalArrays, './tests/no-software-webgpu.ts'],
    include: ['{packages,apps}/*/src/**/*.test.ts', '{checks,docs}/**/*.test.ts', '{records,release}/*.test.ts'],
    exclude: [...ownProcess, ...onBackends, '**/node_modules/**'],
  },
};

/** Suites of what is public, on the packages as they were built: `ZOO_TESTS_ON=dist npx vitest run`, after a build. */
const dist: TestProjectInlineConfiguration = {
  plugins: [builtPackages()],
  test: {
    ...inNode.test,
    name: 'dist',
    include: [
      'packages/{kernels,layers,trainers,weights,tensor-files}/src/*.test.ts',
      'tests/built/*.test.ts',
      'tests/presets/initial-signal.test.ts',
    ],
  },
};

/** The tests that tfjs publishes in its package, which say `../jasmine_util` and leave out the ends of file names. */
const tfjs: TestProjectInlineConfiguration = {
  resolve: {
    alias: [
      ...resolve.alias,
      {
        find: /^\.{1,2}\/(\.\.\/)?jasmine_util$/,
        replacement: fileURLToPath(new URL('./tests/tfjs/jasmine-util.ts', import.meta.url)),
      },
    ],
  },
  test: {
    ...timeouts,
    name: 'tfjs',
    include: ['tests/tfjs/*.test.ts'],
    pool: 'forks',
    server: { deps: { inline: [/tfjs-core\/dist/] } },
  },
};

/** What a server says to let pages share memory between threads. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Lays tfjs's wasm files where the build of `@zoo/backends` does: in a folder `wasm` beside the code. */
const wasmFiles: Plugin = {
  name: 'wasm-files',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const [, file] = /\/wasm\/(tfjs-backend-wasm[\w-]*\.wasm)(\?|$)/.exec(request.url ?? '') ?? [];
      if (file === undefined || request.url?.includes('/wasm-out/')) return next();
      const folder = new URL('./node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url);
      response.setHeader('Content-Type', 'application/wasm');
      createReadStream(new URL(file, folder)).pipe(response);
    });
  },
};

/** Lays the program of the pictures' workers where the build of `@zoo/loaders` does: beside the code. From the sources, as they are. */
const pictureWorker: Plugin = {
  name: 'picture-worker',
  configureServer({ middlewares }) {
    middlewares.use(async (request, response, next) => {
      if (!/\/picture-worker\.js(\?|$)/.test(request.url ?? '')) return next();
      const { outputFiles } = await build({
        entryPoints: [fileURLToPath(new URL('./packages/loaders/src/picture-worker.ts', import.meta.url))],
        bundle: true,
        format: 'iife',
        conditions: ['browser'],
        tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
        write: false,
      });
      response.setHeader('Content-Type', 'text/javascript');
      response.end(outputFiles[0]?.text);
    });
  },
};

const browser = (chromium: Chromium, kind?: 'isolated'): TestProjectInlineConfiguration => ({
  resolve,
  plugins: [wasmFiles, pictureWorker, weightsAsModules],
  ...(kind && { server: { headers: isolation } }),
  optimizeDeps: {
    include: ['core', 'layers', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
      (name) => `@tensorflow/tfjs-${name}`,
    ),
  },
  test: {
    ...timeouts,
    name: kind ? `chromium, ${kind}` : 'chromium',
    include: [kind ? `tests/browser/${kind}/*.test.ts` : 'tests/browser/*.test.ts'],
    globalSetup: './tests/browser/page.ts',
    setupFiles: './tests/browser/wasm-files.ts',
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { ...chromium, args: webgpuFlags } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

/** The project in Chromium, where there is one: `npm test` fetches it, by the mode `complete`. */
async function inChromium(mode: string): Promise<TestProjectInlineConfiguration[]> {
  const found = findChromium() ?? (mode === 'complete' ? await fetchChromium() : 'none is found, npm test fetches one');
  if (typeof found !== 'string') return [browser(found), browser(found, 'isolated')];
  noteNotRun(`tests in Chromium, ${found}. Install one, or let CHROMIUM_PATH name it.`);
  return [];
}

export default defineConfig(async ({ mode }) => ({
  test: {
    reporters: ['default', './tests/closing-line.ts'],
    // What it finds out holds for every project.
    globalSetup: './tests/machine.ts',
    // Tests wait for servers, time limits and devices: one more than there are cores keeps all of them busy.
    maxWorkers: availableParallelism() + 1,
    projects:
      process.env.ZOO_TESTS_ON === 'dist'
        ? [dist]
        : [node, onBackendsShared, shared, tfjs, ...(await inChromium(mode))],
  },
}));
