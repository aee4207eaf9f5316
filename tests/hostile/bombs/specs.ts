import type { Node } from '@zoo/spec';
import { bombsOf } from '../bomb.ts';
import { joined, list, little, zeros } from '../bytes.ts';
import { smallSpec } from '../small-run.ts';

const conv = (filters: number, kernel: number, more: object = {}) => ({
  kind: 'conv',
  filters,
  kernel,
  stride: 1,
  padding: 0,
  groups: 1,
  ...more,
});
const dense = (units: number | 'classes', more: object = {}) => ({ kind: 'dense', units, ...more });
const flatten = { kind: 'flatten', call: true };
const relu = (more: object = {}) => ({ kind: 'relu', ...more });

/** A small network that is right but for what is given. */
const spec = (layers: readonly unknown[], more: object = {}) => ({
  ...smallSpec,
  layers,
  ...more,
});
const network = [flatten, dense('classes')];
const file = (value: unknown) => ({ 'spec.json': typeof value === 'string' ? value : JSON.stringify(value) });
const blocks = (depth: number, inner: string) =>
  `${'{"kind":"block","name":"b","layers":['.repeat(depth)}${inner}${']}'.repeat(depth)}`;
const around = (layers: string) => JSON.stringify(spec([])).replace('"layers":[]', `"layers":[${layers}]`);

export const specBombs = bombsOf('spec', {
  'spec: 40 dense layers of 65,536': () => file(spec([flatten, ...list(40, () => dense(65_536)), dense('classes')])),
  'spec: 30 dense layers of 4,096': () => file(spec([flatten, ...list(30, () => dense(4096)), dense('classes')])),
  'spec: 10,000 layers': () => file(spec([...list(10_000, () => relu()), ...network])),
  'spec: 900 layers': () => file(spec([...list(900, () => relu()), ...network])),
  'spec: a million layers': () => file(around(`${'{"kind":"relu"},'.repeat(1e6)}{"kind":"relu"}`)),
  'spec: blocks 100,000 deep': () => file(around(blocks(1e5, '{"kind":"relu"}'))),
  'spec: blocks 12 deep, 2 each': () =>
    file(
      spec([
        list(12, () => 0).reduce<Node | object>(
          (inner, _, i) => ({ kind: 'block', name: `b${i}`, layers: [inner, inner] }),
          relu(),
        ),
        ...network,
      ]),
    ),
  'spec: 500 empty blocks': () =>
    file(spec([...list(500, (i) => ({ kind: 'block', name: `b${i}`, layers: [] })), ...network])),
  'spec: a kernel of 2^31': () => file(spec([conv(4, 2 ** 31), ...network])),
  'spec: a kernel of 4,096 on as much padding': () => file(spec([conv(64, 4096, { padding: 2048 }), ...network])),
  'spec: a picture of 65,536 x 65,536': () => file(spec(network, { input: [65_536, 65_536, 3] })),
  'spec: a picture of 2^53 channels': () => file(spec(network, { input: [8, 8, 2 ** 53 - 1] })),
  'spec: 2^31 classes': () => file(spec(network, { classes: 2 ** 31 })),
  'spec: a million classes on 4,096 units': () =>
    file(spec([flatten, dense(4096), dense('classes')], { classes: 1e6 })),
  'spec: paddings that grow': () => file(spec([...list(50, () => conv(1, 1, { padding: 4096 })), ...network])),
  'spec: 4,096 groups': () => file(spec([conv(4096, 1), conv(4096, 1, { groups: 4096 }), ...network])),
  'spec: 200 layers of 1,024 groups': () =>
    file(spec([...list(200, () => conv(1024, 1, { groups: 1024 })), ...network], { input: [8, 8, 1024] })),
  'spec: connections of a million numbers': () =>
    file(spec([conv(3, 1, { connections: list(3, () => list(3e5, () => 0)) }), ...network])),
  'spec: codes of a million numbers': () =>
    file(spec([flatten, { kind: 'rbf', codes: list(1000, () => list(1000, () => 1)) }])),
  'spec: an LRN over 2^31 channels': () =>
    file(
      spec([
        { kind: 'lrn', size: 2 ** 31 - 1, alpha: 1, beta: 1, k: 1, convention: 'caffe', region: 'across-channels' },
        ...network,
      ]),
    ),
  'spec: an LRN of 4,095 within a channel': () =>
    file(
      spec([
        { kind: 'lrn', size: 4095, alpha: 1, beta: 1, k: 1, convention: 'caffe', region: 'within-channel' },
        ...network,
      ]),
    ),
  'spec: adaptive pooling to 4,096': () => file(spec([{ kind: 'adaptiveAvgPool', size: 4096 }, ...network])),
  'spec: a stride of 0': () => file(spec([conv(4, 1, { stride: 0 }), ...network])),
  'spec: a negative padding': () => file(spec([conv(4, 1, { padding: -1 }), ...network])),
  'spec: half a filter': () => file(spec([conv(0.5, 1), ...network])),
  'spec: names that tfjs cannot have': () =>
    file(spec([relu({ name: 'a/b c:d' }), relu({ name: '' }), relu({ name: '__proto__' }), ...network])),
  'spec: a name of a million letters': () => file(spec([relu({ name: 'n'.repeat(1e6) }), ...network])),
  'spec: 500 names of 10,000 letters': () =>
    file(spec([...list(500, (i) => relu({ name: `${'n'.repeat(1e4)}${i}` })), ...network])),
  'spec: two layers of one name': () => file(spec([relu({ name: 'a' }), relu({ name: 'a' }), ...network])),
  'spec: names with escapes': () => file(spec([conv(4, 99, { name: '\u001b[2J\u0007' }), ...network])),
  'spec: a kind with escapes': () => file(spec([{ kind: '\u001b[2J' }])),
  'spec: __proto__ as a kind': () => file(around('{"kind":"__proto__"},{"kind":"constructor"},{"kind":"toString"}')),
  'spec: __proto__ as a field': () => file(around('{"kind":"relu","__proto__":{"name":"x"}}')),
  'spec: 100,000 unknown fields': () =>
    file({ ...spec(network), ...Object.fromEntries(list(1e5, (i) => [`f${i}`, i])) }),
  'spec: no object': () => file('[[[[]]]]'),
  'spec: means of a million numbers': () =>
    file(
      spec(network, {
        preprocessing: { range: 255, mean: list(1e6, () => 0), std: list(1e6, () => 1), channels: 'rgb' },
      }),
    ),
  'spec: a deviation of 0': () =>
    file(spec(network, { preprocessing: { range: 255, mean: [0, 0, 0], std: [0, 0, 0], channels: 'rgb' } })),
  'spec: pictures scaled to 2^31': () =>
    file(
      spec(network, {
        preprocessing: {
          range: 255,
          mean: [0, 0, 0],
          std: [1, 1, 1],
          channels: 'rgb',
          resizeShorterSide: 2 ** 31 - 1,
          padding: 2 ** 31 - 1,
        },
      }),
    ),
});

const model = (value: unknown, tensors: object = {}) => {
  const header = JSON.stringify({
    __metadata__: { 'zoo.spec': typeof value === 'string' ? value : JSON.stringify(value), 'zoo.labels': '["a","b"]' },
    ...tensors,
  });
  return { 'a.safetensors': joined(little(Buffer.byteLength(header), 8), header, zeros(16)) };
};
const tensors = { a: { dtype: 'F32', shape: [4], data_offsets: [0, 16] } };
export const modelBombs = bombsOf('model', {
  'model: a network of 6 GB in a file of 3 kB': () =>
    model(spec([flatten, ...list(40, () => dense(16_384)), dense('classes')]), tensors),
  'model: a network of 50 MB in a file of 1 kB': () =>
    model(spec([flatten, ...list(3, () => dense(2048)), dense('classes')]), tensors),
  'model: 60 layers of 1,000 units': () =>
    model(spec([flatten, ...list(60, () => dense(1000)), dense('classes')]), tensors),
  'model: a spec nested deep': () => model(`{"layers":${'['.repeat(1e5)}`, tensors),
  'model: a spec that is no spec': () => model('7', tensors),
  'model: 200 blocks without a weight': () => model(spec([...list(200, () => relu()), ...network]), tensors),
});

const recipe = (more: object): unknown => ({ ...smallSpec.recipe, ...more });
export const recipeBombs = bombsOf('recipe', {
  'recipe: a schedule of a million steps': () => ({
    'r.json': JSON.stringify(recipe({ schedule: { kind: 'step', after: list(1e6, (i) => i + 1), factor: 0.5 } })),
  }),
  'recipe: batches of 2^53': () => ({ 'r.json': JSON.stringify(recipe({ batchSize: 2 ** 53 })) }),
  'recipe: 1e400 epochs': () => ({
    'r.json': JSON.stringify(recipe({ epochs: 1 })).replace('"epochs":1', '"epochs":1e400'),
  }),
  'recipe: nested deep': () => ({ 'r.json': `{"optimizer":${'{"kind":'.repeat(1e5)}` }),
  'recipe: a kind with escapes': () => ({
    'r.json': JSON.stringify(recipe({ optimizer: { kind: '\u001b[2J\u202e' } })),
  }),
});
