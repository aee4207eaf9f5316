import { execFile } from 'node:child_process';
import { access, readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { type Parse, parseArray, parseString, ZooError } from '@zoo/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it } from 'vitest';
import { packagesOf } from '../checks/workspace.ts';

// What npm would publish, as it was built: `npm test` builds first.

/** The zoo's own packages that each may stand on: arrows point to earlier lines only. */
const below: Record<string, readonly string[]> = {
  core: [],
  spec: ['core'],
  fetch: ['core'],
  'tensor-files': ['core', 'fetch'],
  kernels: ['core'],
  loaders: ['core', 'fetch'],
  backends: ['core', 'kernels'],
  'native-setup': ['core', 'fetch', 'backends'],
  layers: ['core', 'spec', 'kernels'],
  alexnet: ['core', 'spec', 'layers'],
  'cifar10-weights': ['spec'],
  zfnet: ['spec', 'layers'],
  lenet: ['spec', 'layers'],
  weights: ['core', 'fetch', 'tensor-files', 'spec', 'layers'],
  inspect: ['core', 'spec', 'layers'],
  'create-model': ['core', 'spec', 'inspect'],
  trainers: ['core', 'spec', 'kernels', 'layers', 'loaders', 'weights'],
};

/** A line of real use for each entry, with `m` for its exports and `$` to import others; and what it gives. */
const uses: Record<string, readonly [code: string, result: unknown]> = {
  '@zoo/core': ["m.nearestName('papper', ['paper', 'xavier'])", 'paper'],
  '@zoo/core/files': ["m.diskError('a.txt', Object.assign(new Error(), { code: 'ENOSPC' })).code", 'disk'],
  '@zoo/spec': ['m.conv(4, 3).stride', 1],
  '@zoo/fetch': ["await m.fetchFile('model.pth').catch((error) => error.code)", 'usage'],
  '@zoo/fetch/packages': ["m.packageTitle({ name: 'a', version: '1.0.0' })", 'npm package a 1.0.0'],
  '@zoo/tensor-files': ['await m.openTensors(new Uint8Array(3)).catch((error) => error.code)', 'corrupt-file'],
  '@zoo/tensor-files/safetensors': [
    "(await m.openSafetensors(new Blob(['\\x02', '\\0'.repeat(7), '{}']))).tensors.size",
    0,
  ],
  '@zoo/tensor-files/pytorch': ['await m.openPytorch(new Uint8Array(3)).catch((error) => error.code)', 'corrupt-file'],
  '@zoo/tensor-files/npy': ['await m.openNpz(new Uint8Array(3)).catch((error) => error.code)', 'corrupt-file'],
  '@zoo/tensor-files/hdf5': ['await m.openKeras(new Uint8Array(3)).catch((error) => error.code)', 'corrupt-file'],
  '@zoo/tensor-files/onnx': ['await m.openOnnx(new Uint8Array(3)).catch((error) => error.code)', 'corrupt-file'],
  '@zoo/tensor-files/caffe': ['await m.openCaffemodel(new Uint8Array(3)).catch((error) => error.code)', 'corrupt-file'],
  '@zoo/tensor-files/tfjs': ['await m.openTfjs(new Uint8Array(3)).catch((error) => error.code)', 'corrupt-file'],
  '@zoo/tensor-files/strided': ['m.permuted(m.viewOf([2, 3]), [1, 0]).strides', [1, 3]],
  '@zoo/kernels': ['m.pooledSize(54, { size: 3, stride: 2, ceil: true })', 27],
  '@zoo/kernels/wasm': [
    "(await $('@tensorflow/tfjs-core')).getKernel('Conv2DBackpropFilter', 'wasm').backendName",
    'wasm',
  ],
  '@zoo/kernels/webgpu': [
    "(await $('@tensorflow/tfjs-core')).getKernel('MaxPoolGrad', 'webgpu').kernelName",
    'MaxPoolGrad',
  ],
  '@zoo/kernels/cpu': [
    "(await $('@tensorflow/tfjs-core')).getKernel('Conv2DBackpropFilter', 'cpu').backendName",
    'cpu',
  ],
  '@zoo/kernels/node': ['typeof m.registerNodeKernels', 'function'],
  '@zoo/loaders': ['m.batchCount(10, { batchSize: 4 })', 3],
  '@zoo/backends': ["(await m.useBackend('cpu')).name", 'cpu'],
  '@zoo/backends/native': ['typeof m.readInstallation', 'function'],
  '@zoo/native-setup': ["await m.setupNode({ libtensorflow: 'nowhere' }).catch((error) => error.code)", 'not-found'],
  '@zoo/layers': ['new m.AveragePooling2D({ size: 2 }).computeOutputShape([null, 4, 6, 1])', [null, 2, 3, 1]],
  '@zoo/layers/build': ['typeof m.buildModel', 'function'],
  '@zoo/layers/model': ["m.isDropout({ getClassName: () => 'ZooDropout' })", true],
  '@zoo/alexnet': ["await $('@tensorflow/tfjs-backend-cpu') && m.alexnet('cifar10-quick').countParams()", 145_578],
  '@zoo/cifar10-weights': [
    "(await m.cifar10Weights['cifar10-quick'].read()).length === m.cifar10Weights['cifar10-quick'].card.file.bytes",
    true,
  ],
  '@zoo/zfnet': ['m.presets.zfnet.input', [224, 224, 3]],
  '@zoo/lenet': ["await $('@tensorflow/tfjs-backend-cpu') && m.lenet('lenet-5').countParams()", 60_000],
  '@zoo/create-model': ["await m.createModel({ name: 'Net' }).catch((error) => error.code)", 'usage'],
  '@zoo/weights': ['await m.openTensors(new Uint8Array(3)).catch((error) => error.code)', 'corrupt-file'],
  '@zoo/inspect': ["m.torchRepr((await $('@zoo/alexnet')).presets.paper).split('\\n')[0]", 'AlexNet('],
  '@zoo/trainers': ['m.sgd({ momentum: 0.5 }).momentum', 0.5],
};

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = (name: string, ...rest: string[]) => path.join(root, 'packages', name, ...rest);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const parseMap =
  <T>(item: Parse<T>): Parse<Record<string, T>> =>
  (value, place) => {
    if (!isRecord(value)) throw new ZooError('corrupt-file', `${place}: expected an object.`);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, item(one, `${place}.${key}`)]));
  };

/** Types and code for `import` and for `require`: `{ import: { types, default }, require: { types, default } }`. */
const parsePair = parseMap(parseMap(parseString));

/** What an entry gives: the same everywhere, or one thing for Node and another for pages. */
const parseEntry: Parse<{ conditions: string[]; pairs: ReturnType<typeof parsePair>[] }> = (value, place) => {
  const fields = parseMap((one) => one)(value, place);
  if ('import' in fields) return { conditions: [], pairs: [parsePair(value, place)] };
  return {
    conditions: Object.keys(fields),
    pairs: Object.entries(fields).map(([key, pair]) => parsePair(pair, `${place}.${key}`)),
  };
};

/** A package.json as far as it is looked at here. */
async function manifest(name: string) {
  const place = `packages/${name}/package.json`;
  const json: unknown = JSON.parse(await readFile(folder(name, 'package.json'), 'utf8'));
  const fields = parseMap((value) => value)(json, place);
  const names = (field: string) => Object.keys(parseMap(parseString)(fields[field] ?? {}, `${place}.${field}`));
  const { './package.json': _self, ...entries } = parseMap((value) => value)(fields.exports, `${place}.exports`);
  // A plain path is a file as it is, such as a script for threads: it has neither formats nor types.
  const code = Object.fromEntries(Object.entries(entries).filter(([, entry]) => typeof entry !== 'string'));
  return {
    declared: [...names('dependencies'), ...names('peerDependencies')],
    assets: Object.values(entries).filter((entry) => typeof entry === 'string'),
    entries: parseMap(parseEntry)(code, `${place}.exports`),
  };
}

const built = async (name: string): Promise<string[]> =>
  (await readdir(folder(name, 'dist'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

const patterns = [
  /^(?:import|export)\b[^;'"]*?\bfrom\s*["']([^"']+)["']/gm,
  /^import\s*["']([^"']+)["']/gm,
  /\b(?:import|require)\(\s*["']([^"']+)["']\s*\)/g,
];

/** Packages that a built file imports, without its own chunks and Node's modules. */
function importsOf(code: string): string[] {
  const specifiers = patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, specifier = '']) => specifier));
  return specifiers
    .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
    .filter((specifier) => !builtinModules.includes(specifier))
    .map((specifier) =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

const isScript = (file: string): boolean => file.endsWith('/wasm/threads.js');

const run = promisify(execFile);

/** What a fresh process finds in each entry: the names it exports, and the result of its use. */
async function found(entries: readonly string[], format: 'module' | 'commonjs') {
  const load = format === 'module' ? '(name) => import(name)' : '(name) => require(name)';
  const script = `
    const $ = ${load};
    const uses = ${JSON.stringify(Object.fromEntries(entries.map((entry) => [entry, uses[entry]?.[0] ?? 'undefined'])))};
    const AsyncFunction = (async () => {}).constructor;
    (async () => {
      const found = {};
      for (const [entry, code] of Object.entries(uses)) {
        const m = await $(entry);
        found[entry] = { names: Object.keys(m).sort(), result: await new AsyncFunction('m', '$', 'return ' + code)(m, $) };
      }
      process.stdout.write('\\n' + JSON.stringify(found));
    })();`;
  const { stdout } = await run(process.execPath, [`--input-type=${format}`, '--eval', script], { cwd: root });
  const parsed: unknown = JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
  return parseMap((value, index) => {
    const { names, result } = parseMap((one) => one)(value, index);
    return { names: parseArray(parseString)(names, `${index}.names`), result };
  })(parsed, format);
}

describe('the packages', () => {
  it('are those of the table, and stand on earlier ones', async () => {
    const names = Object.keys(below);
    const published = (await packagesOf(root, ['packages'])).filter(({ manifest }) => manifest.private !== true);
    expect(published.map(({ name }) => name.replace('@zoo/', '')).sort()).toEqual([...names].sort());
    for (const [index, name] of names.entries())
      expect(names.slice(0, index)).toEqual(expect.arrayContaining([...(below[name] ?? [])]));
  });
});

describe.concurrent.each(Object.keys(below))('@zoo/%s', (name) => {
  it('has no CommonJS file that only a module could be', async ({ expect }) => {
    const files = (await built(name)).filter((file) => file.endsWith('.cjs'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const code = (await readFile(file, 'utf8')).replace(/^#!.*/, '');
      expect(() => new Script(`(function () {${code}\n})`), file).not.toThrow(SyntaxError);
    }
  });

  it('is packed as publint wants it', async ({ expect }) => {
    const { messages, pkg } = await publint({ pkgDir: folder(name), level: 'warning', strict: true, pack: 'npm' });
    // The script of the threads is no module: a worker runs it, and tfjs's part of it asks whether it is in Node.
    const atFault = messages.filter(({ args }) => !('actualFilePath' in args && isScript(String(args.actualFilePath))));
    expect(atFault.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('has types and code at every entry', async ({ expect }) => {
    const { entries } = await manifest(name);
    expect(Object.keys(entries)).toContain('.');
    for (const { conditions } of Object.values(entries))
      expect([[], ['browser', 'node', 'default']]).toContainEqual(conditions);
    const pairs = Object.values(entries).flatMap((entry) => entry.pairs);
    for (const { import: esm = {}, require: commonjs = {} } of pairs) {
      expect(esm.types).toMatch(/^\.\/dist\/.*\.d\.ts$/);
      expect(commonjs.types).toMatch(/^\.\/dist\/.*\.d\.cts$/);
      expect([esm.default, commonjs.default]).toEqual([
        expect.stringMatching(/\.js$/),
        expect.stringMatching(/\.cjs$/),
      ]);
      for (const file of [...Object.values(esm), ...Object.values(commonjs)])
        await expect(access(folder(name, file)), file).resolves.toBeUndefined();
    }
  });

  it('gives the same by import and by require, and works', async ({ expect }) => {
    const subpaths = Object.keys((await manifest(name)).entries);
    const entries = subpaths.map((subpath) => `@zoo/${name}${subpath.slice(1)}`);
    const [esm, commonjs] = await Promise.all([found(entries, 'module'), found(entries, 'commonjs')]);
    expect(Object.keys(esm)).toEqual(entries);
    expect(commonjs).toEqual(esm);
    for (const entry of entries)
      expect(esm[entry]?.result, entry).toEqual(uses[entry]?.[1] ?? `a line of use of ${entry}`);
    expect(esm[`@zoo/${name}`]?.names.length).toBeGreaterThan(0);
  });

  it('declares what it imports, and imports of the zoo only what it may stand on', async ({ expect }) => {
    const { declared } = await manifest(name);
    const code = (await built(name)).filter((file) => /\.c?js$|\.d\.c?ts$/.test(file));
    expect(code.length).toBeGreaterThanOrEqual(4);
    const imported = new Set((await Promise.all(code.map((file) => readFile(file, 'utf8')))).flatMap(importsOf));
    expect([...imported].filter((one) => !declared.includes(one))).toEqual([]);
    const allowed = (below[name] ?? []).map((one) => `@zoo/${one}`);
    for (const one of [...imported, ...declared].filter((each) => each.startsWith('@zoo/')))
      expect(allowed).toContain(one);
  });

  it('has nothing of Node in what pages get', async ({ expect }) => {
    const { entries, assets } = await manifest(name);
    const differs = Object.values(entries).some(({ conditions }) => conditions.length > 0);
    // What is served as it is, no bundler looks into; the threads' script is a text to it.
    const served = assets.map((asset) => folder(name, asset.replace(/\*.*$/, '')));
    const pages = (await built(name))
      .filter((file) => /[\\/]browser[\\/].*\.c?js$/.test(file))
      .filter((file) => !served.some((place) => file.startsWith(place)) && !/thread-script-\w+\.c?js$/.test(file));
    expect(pages.length > 0).toBe(differs);
    const builtin = `["'\`](?:${builtinModules.join('|')})["'\`]`;
    const ofNode = new RegExp(`["'\`]node:[\\w/]+["'\`]|(?:from|import|import\\(|require\\()\\s*${builtin}`);
    for (const file of pages) expect((await readFile(file, 'utf8')).match(ofNode)?.[0], file).toBeUndefined();
  });

  it('holds no path of the machine that built it', async ({ expect }) => {
    for (const file of await built(name)) {
      const text = await readFile(file, 'utf8');
      expect(text.includes(root) || text.includes(root.slice(0, -1)), file).toBe(false);
    }
  });
});
