import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What the built packages add to a page in a production build of Vite, as it is by default.
const here = fileURLToPath(new URL('./', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(`${here}.page-`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The scripts of a page, and the gzipped bytes of those that it loads at first. */
async function pageOf(program: string) {
  await writeFile(`${folder}/main.js`, program);
  await writeFile(`${folder}/index.html`, '<!doctype html><script type="module" src="./main.js"></script>');
  const built = await build({ root: folder, configFile: false, logLevel: 'error', build: { write: false } });
  const chunks = [built]
    .flat()
    .flatMap((one) => ('output' in one ? one.output : []))
    .filter((file): file is Rolldown.OutputChunk => file.type === 'chunk');
  const first = new Set(
    chunks.filter(({ isEntry }) => isEntry).flatMap(({ fileName, imports }) => [fileName, ...imports]),
  );
  const loaded = chunks.filter(({ fileName }) => first.has(fileName));
  return { chunks, first: loaded.reduce((sum, { code }) => sum + gzipSync(code).length, 0) };
}

const using = (name: string, entry: string) => `import { ${name} } from '${entry}'; globalThis.used = ${name};`;

describe('a page', () => {
  it.each([
    ['openTensors', '@zoo/tensor-files'],
    ['openSafetensors', '@zoo/tensor-files/safetensors'],
    ['openPytorch', '@zoo/tensor-files/pytorch'],
    ['openNpz', '@zoo/tensor-files/npy'],
    ['openKeras', '@zoo/tensor-files/hdf5'],
    ['openOnnx', '@zoo/tensor-files/onnx'],
    ['openCaffemodel', '@zoo/tensor-files/caffe'],
    ['openTfjs', '@zoo/tensor-files/tfjs'],
  ])('grows by less than 12 kB with %s of %s', async (name, entry) => {
    const [empty, page] = [await pageOf('globalThis.used = 1;'), await pageOf(using(name, entry))];
    expect(page.first - empty.first).toBeLessThan(12_000);
  });

  it('that builds a network downloads no class names of weights that it does not use', async () => {
    const names = async (name: string) =>
      (await pageOf(using(name, '@zoo/alexnet'))).chunks.some(({ code }) => code.includes('toilet tissue'));
    expect(await names('alexnet')).toBe(false);
    expect(await names('knownWeights')).toBe(true);
  });
});
