import { build } from 'esbuild';
import type { Options } from 'tsup';
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

// A script that is no module does not know where it lies, and bundlers refuse one that asks. It makes pictures without workers.
const forPages: Options = {
  ...pages,
  esbuildOptions: (options, context) => {
    pages?.esbuildOptions?.(options, context);
    if (context.format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' };
  },
  onSuccess: buildPictureWorker,
};

export default [
  // The CommonJS build needs a stand-in for import.meta.url, from which the workers' program is found.
  { ...node, entry: ['src/index.ts', 'src/picture-worker.ts'], shims: true },
  forPages,
];
