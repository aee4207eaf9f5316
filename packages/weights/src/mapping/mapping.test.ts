import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { batchNorm, block, conv, dense, flatten, type ModelSpec, relu } from '@zoo/spec';
import type { NamedTensor } from '@zoo/tensor-files';
import { permuted, reordered, viewOf } from '@zoo/tensor-files/strided';
import { tensorFile } from '@zoo/testing/tensor-file';
import { tinySpec } from '@zoo/testing/tiny-spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { oihwToHwio } from '../layout.ts';
import { type FillOptions, fillModel } from '../load-weights.ts';
import { laidOutWeights, modelTensors } from '../model-tensors.ts';
import { bgrToRgb, hwcToChw, ioToOi } from './layout-step.ts';
import { mappingTable } from './mapping.ts';

beforeAll(() => tf.setBackend('cpu'));

const counted = (length: number) => Float32Array.from({ length }, (_, i) => i);

describe('layout steps', () => {
  it('turn filters from OIHW to HWIO', () => {
    const [out, inputs, height, width] = [2, 3, 2, 1];
    const there = reordered(counted(12), permuted(viewOf([out, inputs, height, width]), oihwToHwio));
    for (let y = 0; y < height; y++)
      for (let i = 0; i < inputs; i++)
        for (let o = 0; o < out; o++) expect(there[(y * inputs + i) * out + o]).toBe((o * inputs + i) * height + y);
  });

  it('turn dense weights from IO to OI', () => {
    expect([...reordered(counted(6), ioToOi(viewOf([3, 2])))]).toEqual([0, 2, 4, 1, 3, 5]);
  });

  it('turn the rows of the first dense layer from H, W, C to C, H, W', () => {
    // One row and two columns of two channels, for each of two units.
    const there = reordered(Float32Array.of(0, 10, 1, 11, 100, 110, 101, 111), hwcToChw(viewOf([2, 4]), [1, 2, 2]));
    expect([...there]).toEqual([0, 1, 10, 11, 100, 101, 110, 111]);
  });

  it('turn blue, green, red filters to red, green, blue', () => {
    const hwio = viewOf([1, 1, 3, 2]);
    expect([...reordered(counted(6), bgrToRgb(hwio))]).toEqual([4, 5, 2, 3, 0, 1]);
  });
});

/** A network whose tensors all differ in shape, with the layers' Caffe names. */
const network: ModelSpec = {
  ...tinySpec,
  input: [6, 6, 3],
  preprocessing: { ...tinySpec.preprocessing, mean: [0, 0, 0], std: [1, 1, 1] },
  layers: [
    block('features', [conv(4, 3, { caffe: 'conv1' }), relu(), conv(6, 2, { caffe: 'conv2', groups: 2 }), relu()]),
    flatten({ call: true }),
    block('classifier', [dense(7, { caffe: 'fc6' }), relu(), dense('classes', { caffe: 'fc8' })]),
  ],
};

const source = (spec: ModelSpec = network) => buildModel(spec, { seed: 1 });
const numbers = (model: ReturnType<typeof buildModel>) =>
  modelWeights(model).map(({ variable }) => [...variable.dataSync()]);

/** Loads tensors into a fresh network, and says what came of it. */
async function load(tensors: readonly NamedTensor[], options: FillOptions = {}, spec: ModelSpec = network) {
  const model = buildModel(spec, { seed: 2 });
  const report = await fillModel(model, tensorFile(tensors), options);
  return { model, report, numbers: numbers(model) };
}

const renamed = (tensors: readonly NamedTensor[], name: (old: string, place: number) => string): NamedTensor[] =>
  tensors.map((tensor, index) => ({ ...tensor, name: name(tensor.name, index) }));

const torch = () => modelTensors(source());

/** A model's tensors as tf.layers keeps them. */
const tensorflow = (name: (path: string, variable: string) => string): NamedTensor[] =>
  laidOutWeights(source()).map(({ layer, role, variable, maps }) => ({
    name: name(layer.path, role === 'weight' ? 'kernel' : 'bias'),
    shape: variable.rank === 2 ? variable.shape.toReversed() : variable.shape,
    data: () =>
      tf.tidy(() => {
        if (variable.rank !== 2) return Float32Array.from(variable.dataSync());
        const [height = 1, width = 1, channels = variable.shape[1] ?? 1] = maps ?? [];
        const apart = tf.reshape(variable, [-1, channels, height, width]);
        return Float32Array.from(tf.transpose(apart, [2, 3, 1, 0]).dataSync());
      }),
  }));

const caffeName = (name: string) =>
  name
    .replace('features.0', 'conv1')
    .replace('features.2', 'conv2')
    .replace('classifier.0', 'fc6')
    .replace('classifier.2', 'fc8');

describe('mapping by names', () => {
  it.each([
    ['features.', 'features.module.'],
    ['features.', 'module.features._checkpoint_wrapped_module.'],
    ['features.0.', 'features.0._checkpoint_wrapped_module.'],
    ['features.', '_fsdp_wrapped_module.features._fsdp_wrapped_module.'],
    ['classifier.', 'classifier._orig_mod.module.'],
  ])("finds '%s' as '%s', a part that was wrapped", async (part, wrapped) => {
    const { report, numbers: loaded } = await load(renamed(torch(), (name) => name.replace(part, wrapped)));
    expect(loaded).toEqual(numbers(source()));
    expect(report).toMatchObject({ rule: 'spec', certainty: 'names', unused: [] });
  });

  it.each([
    '',
    'module.',
    'state_dict.',
    'state_dict.module.',
    'model.',
    '_orig_mod.module.',
    'model_state_dict.',
    'backbone.',
    'state_dict.student.alexnet.',
  ])("finds the original's names behind '%s'", async (prefix) => {
    const { report, numbers: loaded } = await load(renamed(torch(), (name) => `${prefix}${name}`));
    expect(loaded).toEqual(numbers(source()));
    expect(report).toMatchObject({ rule: 'spec', certainty: 'names', unused: [], kept: [] });
    expect(report.mapping[0]).toEqual({
      name: 'features.0.weight',
      from: `${prefix}features.0.weight`,
      shape: [4, 3, 3, 3],
      steps: ['OIHW to HWIO'],
    });
    expect(report.mapping.map(({ steps }) => steps.join())).toEqual([
      'OIHW to HWIO',
      '',
      'OIHW to HWIO',
      '',
      '',
      '',
      '',
      '',
    ]);
  });

  it('finds names behind a word that the network itself uses', async () => {
    const spec: ModelSpec = {
      ...network,
      layers: [flatten({ call: true }), block('net', [dense(5), dense('classes')])],
    };
    const tensors = modelTensors(source(spec));
    for (const prefix of ['', 'module.', 'net.']) {
      const { report, numbers: loaded } = await load(
        renamed(tensors, (name) => `${prefix}${name}`),
        {},
        spec,
      );
      expect(loaded).toEqual(numbers(source(spec)));
      expect(report.rule).toBe('spec');
    }
  });

  it("finds Caffe's names, also with the four axes of its first format", async () => {
    const v1 = renamed(torch(), caffeName).map((tensor) => ({
      ...tensor,
      shape: [...Array(4 - tensor.shape.length).fill(1), ...tensor.shape],
    }));
    for (const tensors of [renamed(torch(), caffeName), v1]) {
      const { report, numbers: loaded } = await load(tensors);
      expect(loaded).toEqual(numbers(source()));
      expect(report).toMatchObject({ rule: 'caffe', certainty: 'names' });
    }
    const { report } = await load(v1);
    expect(report.mapping[4]).toMatchObject({ from: 'fc6.weight', steps: ['drop axes of 1'] });
  });

  it.each<[string, (path: string, variable: string) => string]>([
    ['tf.layers', (path, variable) => `${path}/${variable}`],
    ['Keras 2', (path, variable) => `${caffeName(path)}/${caffeName(path)}/${variable}:0`],
    ['Keras 3', (path, variable) => `layers/${caffeName(path)}/vars/${variable === 'kernel' ? 0 : 1}`],
  ])("finds %s' names, whose dense layers are turned", async (_, name) => {
    const { report, numbers: loaded } = await load(tensorflow(name));
    expect(loaded).toEqual(numbers(source()));
    expect(report).toMatchObject({ rule: 'keras', certainty: 'names' });
    expect(report.mapping.map(({ steps }) => steps.join())).toEqual([
      '',
      '',
      '',
      '',
      'IO to OI,HWC to CHW',
      '',
      'IO to OI',
      '',
    ]);
  });

  it('turns the first layer round on request, and only there', async () => {
    const { report, numbers: loaded } = await load(renamed(torch(), caffeName), { bgrToRgb: true });
    const expected = numbers(source());
    const [filters = []] = expected;
    expected[0] = filters.map((_, i) => {
      const [place, channel, out] = [Math.floor(i / 12), Math.floor(i / 4) % 3, i % 4];
      return filters[place * 12 + (2 - channel) * 4 + out] ?? Number.NaN;
    });
    expect(loaded).toEqual(expected);
    expect(report.mapping.filter(({ steps }) => steps.includes('BGR to RGB'))).toHaveLength(1);
    const grey: ModelSpec = { ...tinySpec };
    await expect(load(modelTensors(source(grey)), { bgrToRgb: true }, grey)).rejects.toThrow(
      /test\/tiny: bgrToRgb needs a network that begins with a convolution of 3 channels, not of 1/,
    );
  });

  it('brings statistics along, and knows what counts batches', async () => {
    const spec: ModelSpec = {
      ...network,
      layers: [
        block('layer1', [conv(4, 3), batchNorm()]),
        flatten({ name: 'flatten' }),
        block('fc', [dense('classes')]),
      ],
    };
    const model = source(spec);
    for (const [index, { variable }] of modelWeights(model).entries()) variable.assign(tf.fill(variable.shape, index));
    const counters = ['layer1.1.num_batches_tracked', 'n_averaged'].map((name) => ({
      name,
      shape: [],
      data: () => Float32Array.of(12),
    }));
    const { report, numbers: loaded } = await load([...modelTensors(model), ...counters], {}, spec);
    expect(loaded).toEqual(numbers(model));
    expect(report.unused).toEqual([]);
    expect(report.loaded).toContain('layer1.1.running_var');
  });
});

describe('a new head', () => {
  const five = () => modelTensors(source({ ...network, classes: 5 }));

  it('is the only thing that stays as the model was built', async () => {
    const { report, numbers: loaded } = await load(five(), { head: 'new' });
    const expected = numbers(source({ ...network, classes: 5 }));
    const fresh = numbers(buildModel(network, { seed: 2 }));
    expect(loaded).toEqual([...expected.slice(0, 6), ...fresh.slice(6)]);
    expect(report.kept).toEqual(['classifier.2.weight', 'classifier.2.bias']);
    expect(report.unused).toEqual(['classifier.2.weight', 'classifier.2.bias']);
  });

  it("is made where the file's does not fit, and only there", async () => {
    expect((await load(five(), { head: 'fit' })).report.kept).toEqual(['classifier.2.weight', 'classifier.2.bias']);
    expect((await load(torch(), { head: 'fit' })).report.kept).toEqual([]);
    await expect(load(torch().slice(1), { head: 'fit' })).rejects.toThrow(/has no tensor features\.0\.weight/);
  });

  it('is offered where the number of classes is another', async () => {
    await expect(load(five())).rejects.toThrow(
      /classifier\.2\.weight is \[5,7\], but the model needs \[3,7\]\. .*build it with classes: 5, or load with head: 'new'/,
    );
  });
});

describe('mapping by structure', () => {
  it.each<[string, () => NamedTensor[]]>([
    ['in the order of the layers', () => renamed(torch(), (_, index) => `arr_${index}`)],
    [
      'of unknown layers',
      () => renamed(torch(), (name) => name.replace('features', 'body').replace('classifier', 'top')),
    ],
    [
      'with the bias before the weight',
      () =>
        renamed(torch(), (name) => `x.${name}`.replace('features', 'body')).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ],
    ['in any order, each of its own shape', () => renamed(torch(), (name) => `x${name}`).reverse()],
    [
      'in the layout of TensorFlow',
      () => tensorflow((path, variable) => `dense_${path.replace(/\D/g, '')}${path.length}/${variable}:0`),
    ],
  ])('finds tensors %s, and says that it is a guess', async (_, tensors) => {
    const { report, numbers: loaded } = await load(tensors());
    expect(loaded).toEqual(numbers(source()));
    expect(report).toMatchObject({ rule: 'structure', certainty: 'structure' });
    const table = mappingTable(report.mapping).split('\n');
    expect(table[0]).toMatch(/^Weight +From +Shape +Steps$/);
    expect(table).toHaveLength(9);
    expect(table[1]).toMatch(/^features\.0\.weight +\S+ +\d+ × \d+ × \d+ × \d+/);
  });

  it('passes over counters and the state of an optimiser', async () => {
    const extra = { name: 'optimizer.velocity.features.0.weight', shape: [4, 3, 3, 3], data: () => counted(108) };
    const { report } = await load([extra, ...renamed(torch(), (_, index) => `arr_${index}`)]);
    expect(report.mapping[0]?.from).toBe('arr_0');
  });

  it('refuses what could be several, and says which', async () => {
    const twice = [...renamed(torch(), (name) => `a${name}`), ...renamed(torch(), (name) => `b${name}`)];
    await expect(load(twice)).rejects.toThrow(
      /has no tensor features\.0\.weight; it has afeatures\.0\.weight, .*by order and shape, afeatures\.0\.weight and bfeatures\.0\.weight could each be features\.0\.weight/,
    );
  });

  it('refuses what fits in both layouts', async () => {
    const spec: ModelSpec = {
      ...network,
      classes: 4,
      input: [2, 2, 1],
      layers: [flatten({ call: true }), dense('classes')],
    };
    const square = { name: 'a', shape: [4, 4], data: () => counted(16) };
    const vector = { name: 'b', shape: [4], data: () => counted(4) };
    const one: ModelSpec = { ...spec, preprocessing: { ...spec.preprocessing, mean: [0], std: [1] } };
    await expect(load([square, vector], {}, one)).rejects.toThrow(
      /its shapes fit both as PyTorch and as TensorFlow orders axes/,
    );
  });

  it('refuses a file that lacks something, and changes nothing', async () => {
    const model = buildModel(network, { seed: 2 });
    const before = numbers(model);
    const lacking = renamed(torch(), (_, index) => `arr_${index}`).slice(2);
    await expect(fillModel(model, tensorFile(lacking))).rejects.toThrow(
      /a file: has no tensor features\.0\.weight; .*no tensor has the shape of features\.0\.weight, \[4,3,3,3\]\. Choose the preset/,
    );
    expect(numbers(model)).toEqual(before);
  });
});

describe('numbers that mean something else', () => {
  it('are refused: whole numbers without a scale, and types that are not read', async () => {
    const file = tensorFile(modelTensors(source()));
    const with0 = (dtype: 'I8' | 'BOOL') =>
      new Map(
        [...file.tensors].map(([name, tensor]) => [
          name,
          name === 'classifier.0.weight' ? { ...tensor, dtype } : tensor,
        ]),
      );
    const model = buildModel(network, { seed: 2 });
    const before = numbers(model);
    await expect(fillModel(model, { ...file, tensors: with0('I8') })).rejects.toThrow(
      /classifier\.0\.weight holds integers \(I8\), and the file has no scale for them\. Dequantise/,
    );
    expect(numbers(model)).toEqual(before);
  });

  it('are not taken where another dictionary of the file fits', async () => {
    const file = tensorFile(modelTensors(source()));
    const model = buildModel(network, { seed: 2 });
    await fillModel(model, { ...file, tensors: new Map(), others: [file.tensors] });
    expect(numbers(model)).toEqual(numbers(source()));
  });

  it.each<[string[], boolean]>([
    [['G', 'D'], true],
    [['best_state_dict', 'last_state_dict'], true],
    [['teacher.model', 'student.model'], true],
    [['state_dict', 'state_dict_ema'], false],
    [['', 'ema'], false],
  ])('of several networks that fit, at %s', async (places, isRefused) => {
    const file = tensorFile(modelTensors(source()));
    const loading = fillModel(buildModel(network, { seed: 2 }), { ...file, others: [file.tensors], places });
    if (isRefused)
      await expect(loading).rejects.toThrow(`${places.join(' and ')} each hold weights that fit, and the names do not`);
    else expect((await loading).unused).toEqual([]);
  });
});
