import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { Dropout, modelWeights, specOf } from '@zoo/layers';
import { inferShapes, type Layer, type Node } from '@zoo/spec';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AlexNetPreset, alexnet, presetSpec, presets } from './index.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
// Layers of tfjs keep their variables until they are told not to.
afterEach(() => tf.disposeVariables());

const small = { width: 1 / 32, inputSize: 104 };
const leaves = (nodes: readonly Node[]): Layer[] =>
  nodes.flatMap((node) => (node.kind === 'block' ? leaves(node.layers) : [node]));
const layersOf = (model: ReturnType<typeof alexnet>) => leaves(specOf(model).layers);
const values = (model: ReturnType<typeof alexnet>) =>
  Object.fromEntries(modelWeights(model).map(({ name, variable }) => [name, [...variable.dataSync()]]));

describe('alexnet', () => {
  it('builds the preset as it is where nothing is asked for', () => {
    const model = alexnet('cifar10-quick');
    expect(specOf(model)).toEqual(presets['cifar10-quick']);
    expect(model.name).toBe('alexnet-cifar10-quick');
    expect(model.countParams()).toBe(145_578);
  });

  it('gives as many logits as there are classes', () => {
    const model = alexnet('caffenet', { ...small, classes: 7 });
    expect(model.outputs[0]?.shape).toEqual([null, 7]);
    expect(values(model)['classifier.6.bias']).toHaveLength(7);
  });

  it('takes pictures of as many channels', () => {
    expect(alexnet('paper', { ...small, inChannels: 1 }).inputs[0]?.shape).toEqual([null, 104, 104, 1]);
    expect(alexnet('single-tower', { ...small, inChannels: 3 }).inputs[0]?.shape).toEqual([null, 104, 104, 3]);
  });

  it('takes pictures of that size', () => {
    const model = alexnet('cifar10-full', { inputSize: 48 });
    expect(model.inputs[0]?.shape).toEqual([null, 48, 48, 3]);
    expect(model.getLayer('flatten').outputShape).toEqual([null, 6 * 6 * 64]);
  });

  it('has hidden layers of that share of their width', () => {
    const model = alexnet('one-tower', { ...small, width: 0.25 });
    const sizes = layersOf(model).flatMap((layer) =>
      layer.kind === 'conv' ? [layer.filters] : layer.kind === 'dense' ? [layer.units] : [],
    );
    expect(sizes).toEqual([16, 48, 96, 64, 64, 1024, 1024, 'classes']);
  });

  it('drops out at that rate', () => {
    const rates = (dropout?: number) =>
      alexnet('half-tower', { ...small, ...(dropout !== undefined && { dropout }) }).layers.flatMap((layer) =>
        layer instanceof Dropout ? [layer.rate] : [],
      );
    expect(rates()).toEqual([0.5, 0.5]);
    expect(rates(0.2)).toEqual([0.2, 0.2]);
    expect(rates(0)).toEqual([0, 0]);
  });

  it('normalises with those parameters, or not at all', () => {
    const norms = (model: ReturnType<typeof alexnet>) => layersOf(model).filter(({ kind }) => kind === 'lrn');
    expect(norms(alexnet('paper', { ...small, lrn: { k: 1, convention: 'pytorch' } }))).toEqual([
      {
        kind: 'lrn',
        region: 'across-channels',
        caffe: 'norm1',
        size: 5,
        alpha: 1e-4,
        beta: 0.75,
        k: 1,
        convention: 'pytorch',
      },
      {
        kind: 'lrn',
        region: 'across-channels',
        caffe: 'norm2',
        size: 5,
        alpha: 1e-4,
        beta: 0.75,
        k: 1,
        convention: 'pytorch',
      },
    ]);
    tf.tidy(() => {
      const layer = alexnet('paper', { ...small, lrn: false }).getLayer('features.2');
      const x = tf.randomNormal([1, 2, 2, 8], 0, 100, 'float32', 1);
      const y = layer.apply(x);
      expect(y instanceof tf.Tensor && [...y.dataSync()]).toEqual([...x.dataSync()]);
    });
  });

  it('has the initial values and masks of its seed', () => {
    const built = (seed?: number) => alexnet('torchvision', { ...small, ...(seed !== undefined && { seed }) });
    const masks = (model: ReturnType<typeof alexnet>) =>
      model.layers.flatMap((layer) => (layer instanceof Dropout ? [layer.seed] : []));
    const [one, again, other, none, zero] = [built(1), built(1), built(2), built(), built(0)];
    expect(values(again)).toEqual(values(one));
    expect(masks(again)).toEqual(masks(one));
    expect(values(none)).toEqual(values(zero));
    expect(masks(other)).not.toEqual(masks(one));
    const [first, second] = [values(one), values(other)];
    for (const name of Object.keys(first)) expect(second[name], name).not.toEqual(first[name]);
  });

  it('says which option is out of range', () => {
    expect(() => alexnet('paper', { classes: 0 })).toThrow('classes: must be a whole number from 1 to 65536, not 0.');
    expect(() => alexnet('paper', { inputSize: 30 })).toThrow(/^alexnet\/paper: layer \d+ \(features\.\d+, maxPool\)/);
  });
});

describe('presetSpec', () => {
  it('knows every preset with and without its family', () => {
    for (const [name, spec] of Object.entries(presets)) {
      expect(presetSpec(name)).toBe(spec);
      expect(presetSpec(`alexnet/${name}`)).toBe(spec);
      expect(`${spec.family}/${spec.preset}`).toBe(`alexnet/${name}`);
    }
  });

  it.each([
    ['papper', 'alexnet/paper'],
    ['alexnet/caffnet', 'alexnet/caffenet'],
    ['cifar10quick', 'alexnet/cifar10-quick'],
    ['Torchvision', 'alexnet/torchvision'],
  ])('asks whether %s is meant to be %s', (typed, meant) => {
    expect(() => presetSpec(typed)).toThrow(`${typed}: there is no such preset; did you mean ${meant}? Known: paper, `);
  });

  it.each(['', 'resnet50-imagenet', 'toString', '__proto__', 'constructor'])(
    'knows no %j, and lists what it knows',
    (typed) => {
      expect(() => presetSpec(typed)).toThrow(/: there is no such preset.* Known: paper, caffenet, torchvision, /);
      expect(() => presetSpec(typed)).toThrow(expect.objectContaining({ code: 'unknown-name' }));
    },
  );
});

/** Standard deviation, for tensors whose numbers come from one distribution of mean 0. */
const deviation = (numbers: readonly number[]) =>
  Math.sqrt(numbers.reduce((sum, value) => sum + value ** 2, 0) / numbers.length);

const fanIn = (shape: readonly number[]) => shape.slice(1).reduce((product, size) => product * size, 1);

/**
 * Initial weights and biases by Caffe's names, of a network wide enough for its deviations to be measured: the weights as they would
 * be with as many inputs as in the preset.
 */
function initial(preset: AlexNetPreset) {
  const published = new Map(
    inferShapes(presets[preset]).layers.flatMap(({ weights }) =>
      weights.map(({ name, shape }) => [name, shape] as const),
    ),
  );
  const model = alexnet(preset, { width: 0.1, ...(preset.startsWith('cifar10') ? {} : { inputSize: 104 }) });
  return Object.fromEntries(
    modelWeights(model).flatMap(({ name: path, layer: { layer }, role, shape, variable }) => {
      const name = layer.kind === 'conv' || layer.kind === 'dense' ? layer.caffe : undefined;
      const scale = role === 'weight' ? Math.sqrt(fanIn(shape) / fanIn(published.get(path) ?? [])) : 1;
      return name === undefined ? [] : [[`${name} ${role}`, [...variable.dataSync()].map((value) => value * scale)]];
    }),
  );
}

describe('initial values', () => {
  it.each<[AlexNetPreset, Record<string, number>, Record<string, number>]>([
    [
      'paper', // section 5
      { conv1: 0.01, conv2: 0.01, conv3: 0.01, conv4: 0.01, conv5: 0.01, fc6: 0.01, fc7: 0.01, fc8: 0.01 },
      { conv1: 0, conv2: 1, conv3: 0, conv4: 1, conv5: 1, fc6: 1, fc7: 1, fc8: 0 },
    ],
    [
      'caffenet', // models/bvlc_reference_caffenet/train_val.prototxt, biases as in models/bvlc_alexnet
      { conv1: 0.01, conv2: 0.01, conv3: 0.01, conv4: 0.01, conv5: 0.01, fc6: 0.005, fc7: 0.005, fc8: 0.01 },
      { conv1: 0, conv2: 0.1, conv3: 0, conv4: 0.1, conv5: 0.1, fc6: 0.1, fc7: 0.1, fc8: 0 },
    ],
    [
      'cifar10-quick', // examples/cifar10/cifar10_quick_train_test.prototxt
      { conv1: 0.0001, conv2: 0.01, conv3: 0.01, ip1: 0.1, ip2: 0.1 },
      { conv1: 0, conv2: 0, conv3: 0, ip1: 0, ip2: 0 },
    ],
    [
      'cifar10-full', // examples/cifar10/cifar10_full_train_test.prototxt
      { conv1: 0.0001, conv2: 0.01, conv3: 0.01, ip1: 0.01 },
      { conv1: 0, conv2: 0, conv3: 0, ip1: 0 },
    ],
  ])('of %s are the stated ones', (preset, deviations, biases) => {
    const found = initial(preset);
    expect(Object.keys(found)).toHaveLength(2 * Object.keys(deviations).length);
    for (const [layer, sigma] of Object.entries(deviations)) {
      const numbers = found[`${layer} weight`] ?? [];
      expect(numbers.length).toBeGreaterThan(50);
      // Five standard deviations of a standard deviation.
      expect(Math.abs(deviation(numbers) / sigma - 1), `${preset} ${layer}`).toBeLessThan(
        5 / Math.sqrt(2 * numbers.length),
      );
    }
    for (const [layer, bias] of Object.entries(biases))
      expect(new Set(found[`${layer} bias`]), `${preset} ${layer}`).toEqual(new Set([Math.fround(bias)]));
  });

  it('of xavier fill ±√(6 / (fan in + fan out)), with biases of 0', () => {
    for (const { shape, role, variable } of modelWeights(alexnet('xavier', { width: 0.1, inputSize: 104 }))) {
      const [outputs = 0, inputs = 0, ...kernel] = shape;
      const field = kernel.reduce((product, size) => product * size, 1);
      const largest = [...variable.dataSync()].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const bound = role === 'bias' ? 0 : Math.sqrt(6 / ((inputs + outputs) * field));
      expect(largest).toBeLessThanOrEqual(Math.fround(bound));
      expect(largest).toBeGreaterThanOrEqual(0.95 * bound);
    }
  });
});

const order = (name: AlexNetPreset) => leaves(presets[name].layers).map(({ kind }) => kind);
const inTurn = (name: AlexNetPreset, ...kinds: string[]) => order(name).join(' ').includes(kinds.join(' '));

describe('the order of layers', () => {
  it('is conv, relu, norm, pool in the paper, and conv, relu, pool, norm in CaffeNet', () => {
    expect(order('paper').slice(0, 8)).toEqual(['conv', 'relu', 'lrn', 'maxPool', 'conv', 'relu', 'lrn', 'maxPool']);
    expect(order('caffenet').slice(0, 8)).toEqual(['conv', 'relu', 'maxPool', 'lrn', 'conv', 'relu', 'maxPool', 'lrn']);
  });

  it('has dropout behind the hidden layers in the paper, CaffeNet, one-tower, single-tower and xavier, before them elsewhere', () => {
    for (const name of ['paper', 'caffenet', 'one-tower', 'single-tower', 'xavier'] as const)
      expect(inTurn(name, 'flatten', 'dense', 'relu', 'dropout', 'dense', 'relu', 'dropout', 'dense'), name).toBe(true);
    for (const name of ['torchvision', 'half-tower', 'batchnorm'] as const)
      expect(inTurn(name, 'flatten', 'dropout', 'dense', 'relu', 'dropout', 'dense', 'relu', 'dense'), name).toBe(true);
  });

  it('is conv, pool, relu, then conv, relu, pool twice in the networks for CIFAR-10', () => {
    expect(
      inTurn(
        'cifar10-quick',
        'conv',
        'maxPool',
        'relu',
        'conv',
        'relu',
        'avgPool',
        'conv',
        'relu',
        'avgPool',
        'flatten',
        'dense',
        'dense',
      ),
    ).toBe(true);
    expect(
      inTurn(
        'cifar10-full',
        'conv',
        'maxPool',
        'relu',
        'lrn',
        'conv',
        'relu',
        'avgPool',
        'lrn',
        'conv',
        'relu',
        'avgPool',
        'flatten',
        'dense',
      ),
    ).toBe(true);
  });
});

describe('traps of the table', () => {
  const of = (name: AlexNetPreset, kind: Layer['kind']) =>
    leaves(presets[name].layers).filter((layer) => layer.kind === kind);

  it('LRN states its convention and numbers', () => {
    const alike = { size: 5, alpha: 1e-4, beta: 0.75 };
    for (const norm of of('paper', 'lrn')) expect(norm).toMatchObject({ ...alike, k: 2, convention: 'tensorflow' });
    for (const norm of of('caffenet', 'lrn')) expect(norm).toMatchObject({ ...alike, k: 1, convention: 'caffe' });
    for (const norm of of('cifar10-full', 'lrn'))
      expect(norm).toMatchObject({
        size: 3,
        alpha: 5e-5,
        beta: 0.75,
        k: 1,
        convention: 'caffe',
        region: 'within-channel',
      });
    for (const name of ['paper', 'caffenet', 'cifar10-full'] as const) expect(of(name, 'lrn')).toHaveLength(2);
  });

  it('the towers are groups in conv2, conv4 and conv5', () => {
    for (const name of ['paper', 'caffenet'] as const)
      expect(of(name, 'conv').map((layer) => (layer.kind === 'conv' ? layer.groups : 0))).toEqual([1, 2, 1, 2, 2]);
  });

  it.each<[AlexNetPreset, number[]]>([
    ['paper', [55, 27, 13, 6]],
    ['caffenet', [55, 27, 13, 6]],
    ['torchvision', [55, 27, 13, 6]],
    ['one-tower', [55, 27, 13, 6]],
    ['single-tower', [55, 27, 13, 6]],
    ['half-tower', [55, 27, 13, 6]],
    ['batchnorm', [54, 26, 12, 5]],
    ['xavier', [55, 27, 13, 6]],
    ['cifar10-quick', [32, 16, 8, 4]],
    ['cifar10-full', [32, 16, 8, 4]],
  ])('the maps of %s shrink as %j', (name, sides) => {
    const maps = inferShapes(presets[name]).layers.flatMap(({ layer, output }) =>
      layer.kind === 'maxPool' || layer.kind === 'avgPool' ? [output[0]] : [],
    );
    expect([inferShapes(presets[name]).layers[0]?.output[0], ...maps]).toEqual(sides);
  });

  it("CaffeNet's pictures are BGR less ImageNet's mean, from 0 to 255", () => {
    expect(presets.caffenet.preprocessing).toMatchObject({
      channels: 'bgr',
      range: 255,
      mean: [104, 117, 123],
      std: [1, 1, 1],
    });
  });

  it("Caffe's biases learn twice as fast, and do not decay in CaffeNet", () => {
    expect(presets.caffenet.multipliers).toEqual({
      learningRate: { weight: 1, bias: 2 },
      weightDecay: { weight: 1, bias: 0 },
    });
    for (const name of ['cifar10-quick', 'cifar10-full'] as const)
      expect(presets[name].multipliers?.learningRate).toEqual({ weight: 1, bias: 2 });
  });
});
