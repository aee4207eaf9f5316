import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { wasmFiles } from '../../packages/backends/src/wasm/files.ts';
import { escaped, htmlTable } from '../views/html.ts';
import { sizes } from './sizes.json';

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

const require = createRequire(new URL('../../packages/backends/package.json', import.meta.url));

const wasmFile = (name: string): string => {
  const file = require.resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}`);
  return `<code>${name}</code> ${kilobytes(gzipSync(readFileSync(file)).length)} kB`;
};

/** What `npm run sizes` measures: packages without TensorFlow.js, and a whole page with it. */
export default {
  load: () => ({
    table: htmlTable(
      [{ title: 'A page with' }, { title: 'At first', numeric: true }, { title: 'In all', numeric: true }],
      sizes.map(({ name, first, all }) => [
        name.startsWith('@') ? `<code>${escaped(name)}</code>` : `<b>${escaped(name)}</b>`,
        kilobytes(first),
        kilobytes(all),
      ]),
    ),
    wasm: Object.values(wasmFiles).map(wasmFile).join(', '),
  }),
};

export declare const data: { table: string; wasm: string };
