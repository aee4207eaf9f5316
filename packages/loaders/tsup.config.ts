import { build } from 'esbuild';
import { buildForNodeAndPages } from '../../tsup.shared.ts';

/** The program of a page's worker, a file that imports nothing: whatever builds a site copies it. */
async function buildPictureWorker(): Promise<void> {
  await build({
    entryPoints: ['src/picture-worker.ts'],
    outfile: 'dist/browser/picture-worker.js',
    bundle: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['browser'],
    legalComments: 'none',
  });
}

const [node, pages] = buildForNodeAndPages('src/index.ts');

export default [
  // The CommonJS build needs a stand-in for import.meta.url, from which the workers' program is found.
  { ...node, entry: ['src/index.ts', 'src/picture-worker.ts'], shims: true },
  { ...pages, onSuccess: buildPictureWorker },
];
