import { bombsOf, type Files } from '../bomb.ts';
import { list, zeros } from '../bytes.ts';

interface Weight {
  name: string;
  shape: readonly number[];
  dtype: string;
  quantization?: unknown;
}
const weight = (name: string, shape: readonly number[], dtype = 'float32', quantization?: unknown): Weight => ({
  name,
  shape,
  dtype,
  ...(quantization !== undefined && { quantization }),
});
const model = (
  groups: readonly { paths: readonly unknown[]; weights: readonly unknown[] }[],
  files: Files = { 'a.bin': zeros(4) },
  topology: unknown = null,
): Files => ({
  'model.json': JSON.stringify({ format: 'layers-model', modelTopology: topology, weightsManifest: groups }),
  ...files,
});
const one = [weight('w', [1])];
const shards = (count: number, bytes: number) => Object.fromEntries(list(count, (i) => [`s${i}.bin`, zeros(bytes)]));
const nested = (depth: number) =>
  `{"format":"layers-model","modelTopology":${'{"config":'.repeat(depth)}1${'}'.repeat(depth)},"weightsManifest":[{"paths":["a.bin"],"weights":[{"name":"w","shape":[1],"dtype":"float32"}]}]}`;

export const tfjsBombs = bombsOf('weights', {
  'tfjs: one shard named 4,096 times': () =>
    model([{ paths: list(4096, () => 'a.bin'), weights: [weight('w', [4096 * 256])] }], { 'a.bin': zeros(1024) }),
  'tfjs: one shard of a megabyte named 1,000 times': () =>
    model([{ paths: list(1000, () => 'a.bin'), weights: [weight('w', [25e7])] }], { 'a.bin': zeros(1e6) }),
  'tfjs: 500 groups of one shard': () =>
    model(
      list(500, (i) => ({ paths: ['a.bin'], weights: [weight(`w${i}`, [25e4])] })),
      { 'a.bin': zeros(1e6) },
    ),
  'tfjs: a shard whose name is half a character': {
    ends: 'refused',
    files: () => model([{ paths: ['\ud800.bin'], weights: one }]),
  },
  'tfjs: 300 shards': () =>
    model([{ paths: list(300, (i) => `s${i}.bin`), weights: [weight('w', [300])] }], shards(300, 4)),
  'tfjs: 100,000 shards that are not there': () => model([{ paths: list(1e5, (i) => `s${i}.bin`), weights: one }]),
  'tfjs: 200,000 empty groups': () => model(list(2e5, () => ({ paths: [], weights: [] }))),
  'tfjs: 100,000 weights of nothing': () =>
    model([{ paths: ['a.bin'], weights: list(1e5, (i) => weight(`w${i}`, [0])) }], { 'a.bin': zeros(0) }),
  'tfjs: a weight of 2^53': () => model([{ paths: ['a.bin'], weights: [weight('w', [2 ** 53 - 1])] }]),
  'tfjs: sizes beyond counting': () =>
    model([
      {
        paths: ['a.bin'],
        weights: [
          weight(
            'w',
            list(40, () => 2 ** 40),
          ),
        ],
      },
    ]),
  'tfjs: a shape of a million axes': () =>
    model([
      {
        paths: ['a.bin'],
        weights: [
          weight(
            'w',
            list(1e6, () => 1),
          ),
        ],
      },
    ]),
  'tfjs: texts of 2^32 letters': () =>
    model([{ paths: ['a.bin'], weights: [weight('w', [1], 'string')] }], {
      'a.bin': new Uint8Array([255, 255, 255, 255]),
    }),
  'tfjs: quantised with a scale of 1e308': () =>
    model([
      { paths: ['a.bin'], weights: [weight('w', [4], 'float32', { dtype: 'uint8', min: -1e308, scale: 1e308 })] },
    ]),
  'tfjs: a shard in a parent folder': {
    ends: 'refused',
    files: () => model([{ paths: ['../../../../../etc/passwd'], weights: one }]),
  },
  'tfjs: a shard by an absolute path': {
    ends: 'refused',
    files: () => model([{ paths: ['/etc/passwd'], weights: one }]),
  },
  'tfjs: a device as a shard': { ends: 'refused', files: () => model([{ paths: ['/dev/zero'], weights: one }]) },
  'tfjs: a shard by an address': () => model([{ paths: ['http://127.0.0.1:9/a.bin'], weights: one }]),
  'tfjs: itself as a shard': () => model([{ paths: ['model.json'], weights: one }]),
  'tfjs: paths that are no texts': () => model([{ paths: [{}, [], null, 7], weights: one }]),
  'tfjs: names with escapes': () => model([{ paths: ['\u001b[2J.bin'], weights: [weight('\u001b]0;x\u0007', [1])] }]),
  'tfjs: a name of a million letters': () => model([{ paths: ['a.bin'], weights: [weight('n'.repeat(1e6), [2])] }]),
  'tfjs: a topology nested 5,000 deep': () => ({ 'model.json': nested(5000), 'a.bin': zeros(4) }),
  'tfjs: a topology nested 300,000 deep': () => ({ 'model.json': nested(3e5), 'a.bin': zeros(4) }),
  'tfjs: a topology of 100,000 layers': () =>
    model([{ paths: ['a.bin'], weights: one }], undefined, {
      class_name: 'Sequential',
      config: { layers: list(1e5, (i) => ({ class_name: 'Dense', config: { name: `d${i}` } })) },
    }),
  'tfjs: a million empty objects': () => ({ 'model.json': `{"weightsManifest":[${'{},'.repeat(1e6)}{}]}` }),
  'tfjs: a text of 20 MB': () => ({
    'model.json': JSON.stringify({
      weightsManifest: [{ paths: ['a.bin'], weights: one }],
      userDefinedMetadata: { a: 'x'.repeat(2e7) },
    }),
    'a.bin': zeros(4),
  }),
});
