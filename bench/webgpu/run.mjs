// Forward time beside onnxruntime-web's WebGPU, and a training step, which that has none of; measured alternately in one page of Chromium:
// node bench/webgpu/run.mjs [--width 0.25] [--batches 1,4] [--repeats 5] [--gpu] [--out FILE]
// --gpu takes the machine's graphics card instead of the software adapter.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { createServer } from 'vite';

const { values } = parseArgs({
  options: {
    width: { type: 'string', default: '0.25' },
    batches: { type: 'string', default: '1,4' },
    repeats: { type: 'string', default: '5' },
    gpu: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = (name) => path.join(root, 'packages', name);
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  cacheDir: path.join(root, 'node_modules/.vite-bench'),
  resolve: {
    alias: [
      { find: /^@zoo\/kernels\/(\w+)$/, replacement: `${source('kernels')}/src/$1.ts` },
      { find: '@zoo/core/files', replacement: `${source('core')}/src/files.ts` },
      { find: /^@zoo\/(\w+)$/, replacement: `${source('$1')}/src/index.ts` },
    ],
  },
  optimizeDeps: {
    entries: ['bench/webgpu/page.html'],
    include: ['core', 'layers', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map(
      (name) => `@tensorflow/tfjs-${name}`,
    ),
    // It finds its .wasm beside itself.
    exclude: ['onnxruntime-web'],
  },
});
await server.listen();
const { findChromium, webgpuFlags } = await server.ssrLoadModule('/tests/browser/chromium.ts');
const found = findChromium();
if (!found) throw new Error('No Chromium is found: install one, or let CHROMIUM_PATH name it.');
const args = values.gpu ? ['--enable-unsafe-webgpu', '--enable-features=Vulkan'] : webgpuFlags;
const browser = await chromium.launch({ ...found, args });
try {
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') process.stderr.write(`${message.text()}\n`);
  });
  const address = new URL('bench/webgpu/page.html', server.resolvedUrls.local[0]);
  for (const name of ['width', 'batches', 'repeats']) address.searchParams.set(name, values[name]);
  await page.goto(String(address));
  await page.waitForFunction(() => document.title === 'done', undefined, { timeout: 1_800_000 });
  const result = await page.textContent('#result');
  process.stdout.write(`${result}\n`);
  if (values.out) writeFileSync(values.out, `${result}\n`);
} finally {
  await browser.close();
  await server.close();
}
