import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The built packages as a production build of Vite leaves them: what is not used is gone, and names are short.
const here = fileURLToPath(new URL('./', import.meta.url));
const run = promisify(execFile);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(`${here}.minified-`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program, bundled with the zoo's packages and minified. tfjs stays outside, as it does its own for Node. */
async function bundled(name: string, program: string): Promise<string> {
  const entry = `${folder}/${name}.js`;
  await writeFile(entry, program);
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: `${folder}/${name}`,
      emptyOutDir: false,
      minify: true,
      lib: { entry, formats: ['es'], fileName: 'bundle' },
      rolldownOptions: { external: /^@tensorflow\//, output: { codeSplitting: false } },
    },
  });
  return `${folder}/${name}/bundle.js`;
}

/** What such a program prints. */
async function printed(name: string, program: string): Promise<string> {
  const { stdout } = await run(process.execPath, [await bundled(name, program)]);
  return stdout.trim();
}

describe('a minified bundle', () => {
  it('knows the layers of a saved model by an import of @zoo/layers alone', async () => {
    const program = `
      import '@tensorflow/tfjs-backend-cpu';
      import * as tfl from '@tensorflow/tfjs-layers';
      import '@zoo/layers';
      const layers = ['ZooDropout', 'ZooFlatten'];
      const topology = { class_name: 'Sequential', config: { name: 'saved', layers: layers.map((class_name, i) => ({
        class_name, config: { name: 'layer' + i, rate: 0.5, seed: 1, ...(i === 0 && { batch_input_shape: [null, 2, 2, 3] }) },
      })) } };
      const model = await tfl.loadLayersModel({ load: async () => ({ modelTopology: topology, weightSpecs: [], weightData: new ArrayBuffer(0) }) });
      console.log(String(model.outputs[0].shape));`;
    expect(await printed('layers', program)).toBe(',12');
  });

  it.each([
    ['alexnet', false],
    ['knownWeights', true],
  ])('that uses %s of @zoo/alexnet has the class names of published weights: %s', async (name, holds) => {
    const file = await bundled(name, `import { ${name} } from '@zoo/alexnet'; console.log(${name});`);
    expect((await readFile(file, 'utf8')).includes('toilet tissue')).toBe(holds);
  });

  it.each([
    ['alexnet', 'presets'],
    ['alexnet', 'imagenetClasses'],
    ['lenet', 'presets'],
    ['zfnet', 'presets'],
  ])('that uses the tables of @zoo/%s, its %s, holds no tfjs and no layers', async (name, used) => {
    const file = await bundled(`${name}-${used}`, `import { ${used} } from '@zoo/${name}'; console.log(${used});`);
    const code = await readFile(file, 'utf8');
    expect(code.match(/@tensorflow\/[\w-]+|ZooDropout/g)).toBeNull();
    expect(code.length).toBeGreaterThan(1000);
  });
});
