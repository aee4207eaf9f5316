// Writes guide/sizes.json: what a page of Vite weighs that uses a package. Build the packages, then: node docs/sizes.mjs
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const pages = [
  {
    title: 'The reader of one format',
    code: "import { openPytorch } from '@zoo/tensor-files/pytorch'; window.use = openPytorch;",
  },
  {
    title: 'Files of every format',
    code: "import { openTensors } from '@zoo/tensor-files'; window.use = openTensors;",
  },
  { title: 'The tables of all presets', code: "import { presets } from '@zoo/alexnet'; window.use = presets;" },
  {
    title: 'The wasm kernels, with tfjs-core and its wasm backend',
    code: "import '@zoo/kernels/wasm'; import { setBackend } from '@tensorflow/tfjs-core'; setBackend('wasm');",
  },
  {
    title: 'A page that classifies pictures',
    code: `import { useBackend } from '@zoo/backends'; import { loadModel } from '@zoo/weights'; import { classify } from '@zoo/trainers';
window.use = async (address, picture) => { await useBackend('auto'); const { model, labels } = await loadModel(address); return classify(model, picture, { labels }); };`,
  },
];

const entry = 'virtual:page';
const gzip = (code) => gzipSync(code).length;

/** Bytes of gzip: of what the page loads at first, and of all its scripts. */
async function weigh(code) {
  const { output } = await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, modulePreload: { polyfill: false }, rollupOptions: { input: entry } },
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === entry ? `\0${entry}` : undefined),
        load: (id) => (id === `\0${entry}` ? code : undefined),
      },
    ],
  });
  const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
  const first = new Set();
  const follow = (name) => {
    if (first.has(name)) return;
    first.add(name);
    for (const one of chunks.get(name)?.imports ?? []) follow(one);
  };
  for (const { isEntry, fileName } of chunks.values()) if (isEntry) follow(fileName);
  const sum = (names) => names.reduce((total, name) => total + gzip(chunks.get(name)?.code ?? ''), 0);
  return { first: sum([...first]), all: sum([...chunks.keys()]) };
}

const rows = [];
for (const { title, code } of pages) rows.push({ title, ...(await weigh(code)) });
const require = createRequire(new URL('../packages/kernels/package.json', import.meta.url));
const wasm = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'].map((name) => {
  const file = require.resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}`);
  return { name, bytes: statSync(file).size, gzip: gzip(readFileSync(file)) };
});
writeFileSync(new URL('guide/sizes.json', import.meta.url), `${JSON.stringify({ rows, wasm }, null, 2)}\n`);
