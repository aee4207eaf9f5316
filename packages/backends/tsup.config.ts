import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Options } from 'tsup';
import { buildForNodeAndPages } from '../../tsup.shared.ts';
import { threadProgram } from './src/wasm/thread-program.ts';

const require = createRequire(import.meta.url);
const tfjsFile = (name: string): string => require.resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}`);
const text = (name: string): Promise<string> => readFile(tfjsFile(name), 'utf8');
const folder = 'dist/browser/wasm';

/** An import that ends in `?raw` is the text of the file. */
const rawText: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'raw-text',
  setup({ onResolve, onLoad }) {
    // Named as it is imported: where it lies on this machine is nobody's business.
    onResolve({ filter: /\?raw$/ }, ({ path: name }) => ({ path: name.replace(/\?raw$/, ''), namespace: 'raw-text' }));
    onLoad({ filter: /.*/, namespace: 'raw-text' }, async ({ path: name }) => ({
      contents: await readFile(require.resolve(name), 'utf8'),
      loader: 'text',
    }));
  },
};

/** What a page serves as files: tfjs's wasm, and the script of all threads for pages that make none of their own. */
async function writePageFiles(): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'])
    await copyFile(tfjsFile(name), path.join(folder, name));
  const build = 'tfjs-backend-wasm-threaded-simd';
  const threads = threadProgram(await text(`${build}.js`), await text(`${build}.worker.js`));
  const kernels = await readFile(require.resolve('@zoo/kernels/worker.js'), 'utf8');
  await writeFile(path.join(folder, 'threads.js'), `${threads}\n${kernels}`);
  await copyFile('NOTICE', path.join(folder, 'NOTICE'));
}

const [node, pages] = buildForNodeAndPages('src/index.ts');

export default [
  // The CommonJS build needs a stand-in for import.meta.url, from which the threads' scripts are found.
  { ...node, entry: ['src/index.ts', 'src/native.ts'], shims: true },
  { ...pages, noExternal: [/\?raw$/], esbuildPlugins: [rawText], onSuccess: writePageFiles },
];
