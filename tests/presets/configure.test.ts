import { readFileSync } from 'node:fs';
import { presets } from '@zoo/alexnet';
import {
  configure,
  dense,
  flatten,
  inferShapes,
  type Layer,
  type ModelSpec,
  type Node,
  parseSpec,
  type SpecOptions,
  usualAugmentations,
} from '@zoo/spec';
import { describe, expect, it } from 'vitest';

const leaves = (nodes: readonly Node[]): Layer[] =>
  nodes.flatMap((node) => (node.kind === 'block' ? leaves(node.layers) : [node]));
const paths = (spec: ModelSpec) => inferShapes(spec).layers.map(({ path }) => path);
const filters = (spec: ModelSpec) =>
  leaves(spec.layers).flatMap((layer) => (layer.kind === 'conv' ? [layer.filters] : []));
const units = (spec: ModelSpec) =>
  leaves(spec.layers).flatMap((layer) => (layer.kind === 'dense' ? [layer.units] : []));

describe.each(Object.entries(presets))('%s', (_name, spec) => {
  it('stays as it is without options', () => {
    expect(configure(spec)).toEqual(spec);
    expect(configure(spec).layers).toBe(spec.layers);
  });

  it('keeps the names of its layers whatever changes, and is itself not changed', () => {
    const before = JSON.stringify(spec);
    const changed = configure(spec, { width: 0.1, classes: 7, inChannels: 2, dropout: 0.1, lrn: false });
    expect(paths(changed)).toEqual(paths(spec));
    expect(JSON.stringify(spec)).toBe(before);
  });

  it.each([0.001, 0.03, 0.1, 0.5, 1.37, 2])('fits together at width %d', (width) => {
    const { output } = inferShapes(configure(spec, { width }));
    expect(output).toEqual([spec.classes]);
  });
});

describe('width', () => {
  it('scales every hidden width, and not the classes', () => {
    const half = configure(presets.torchvision, { width: 0.5 });
    expect(filters(half)).toEqual([32, 96, 192, 128, 128]);
    expect(units(half)).toEqual([2048, 2048, 'classes']);
  });

  it('leaves each group its share', () => {
    const small = configure(presets.paper, { width: 1 / 32 });
    expect(filters(small)).toEqual([4, 8, 12, 12, 8]);
    expect(filters(configure(presets.paper, { width: 0.0001 }))).toEqual([2, 2, 2, 2, 2]);
    expect(units(configure(presets.paper, { width: 0.0001 }))).toEqual([1, 1, 'classes']);
  });

  it('gives the tensors of the recorded small networks', () => {
    const fixture = (name: string) => readFileSync(new URL(`../../packages/alexnet/fixtures/${name}`, import.meta.url));
    const index: Record<string, Required<Pick<SpecOptions, 'width' | 'inputSize' | 'classes'>>> = JSON.parse(
      fixture('index.json').toString(),
    );
    expect(Object.keys(index).sort()).toEqual(Object.keys(presets).sort());
    for (const [name, spec] of Object.entries(presets)) {
      const { width = 1, inputSize = 1, classes = 1 } = index[name] ?? {};
      const file = fixture(`${name}.weights.safetensors`);
      const header: Record<string, { shape: number[] }> = JSON.parse(
        file.subarray(8, 8 + Number(file.readBigUInt64LE())).toString(),
      );
      const recorded = Object.entries(header)
        .filter(([key]) => key !== '__metadata__' && !key.endsWith('num_batches_tracked'))
        .map(([key, { shape }]) => `${key} ${shape}`);
      const ours = inferShapes(configure(spec, { width, inputSize, classes })).layers.flatMap(({ weights }) =>
        weights.map(({ name: tensor, shape }) => `${tensor} ${shape}`),
      );
      expect(ours.sort()).toEqual(recorded.sort());
    }
  });
});

describe('groups', () => {
  const groups = (spec: ModelSpec) =>
    leaves(spec.layers).flatMap((layer) => (layer.kind === 'conv' ? [layer.groups] : []));

  it('of the towers are joined, or more', () => {
    const joined = configure(presets.paper, { groups: 1 });
    expect(groups(joined)).toEqual([1, 1, 1, 1, 1]);
    expect(inferShapes(joined).parameters).toBe(62_378_344);
    expect(groups(configure(presets.paper, { groups: 4 }))).toEqual([1, 4, 1, 4, 4]);
    expect(filters(configure(presets.paper, { groups: 3, width: 0.1 }))).toEqual([9, 27, 39, 39, 27]);
  });

  it('are those of a preset that has some, and divide its channels', () => {
    expect(() => configure(presets.torchvision, { groups: 2 })).toThrow(
      'groups: alexnet/torchvision has no convolution in groups, expected one for groups of 2. Leave groups out.',
    );
    expect(() => configure(presets.paper, { groups: 1.5 })).toThrow('groups: must be a whole number from 1');
  });
});

describe('classes and channels', () => {
  it('set the ends of the network', () => {
    const { layers, output } = inferShapes(configure(presets['one-tower'], { classes: 7, inChannels: 1 }));
    expect(output).toEqual([7]);
    expect(layers[0]?.weights[0]?.shape).toEqual([64, 1, 11, 11]);
    expect(layers.at(-1)?.weights.map(({ shape }) => shape)).toEqual([[7, 4096], [7]]);
  });

  it('average the statistics of channels nobody measured', () => {
    const { mean, std, channels } = configure(presets.caffenet, { inChannels: 1 }).preprocessing;
    expect(mean).toHaveLength(1);
    expect(mean[0]).toBeCloseTo((104 + 117 + 123) / 3, 10);
    expect(std).toEqual([1]);
    expect(channels).toBe('rgb');
    expect(configure(presets['single-tower'], { inChannels: 3 }).preprocessing.mean).toEqual([0.5, 0.5, 0.5]);
  });

  it('leave out what the recipe does to colours that there are not', () => {
    const kinds = (inChannels: number, spec: ModelSpec = presets.paper) =>
      configure(spec, { inChannels }).recipe.augment.map(({ kind }) => kind);
    expect(kinds(3)).toEqual(['randomCrop', 'horizontalFlip', 'pcaColour']);
    expect(kinds(1)).toEqual(['randomCrop', 'horizontalFlip']);
    const augment = [usualAugmentations.colourJitter, usualAugmentations.randAugment, usualAugmentations.mixUp];
    const jittered = { ...presets.paper, recipe: { ...presets.paper.recipe, augment } };
    expect(kinds(1, jittered)).toEqual(['colourJitter', 'randAugment', 'mixUp']);
    expect(kinds(4, jittered)).toEqual(['mixUp']);
    const { recipe } = configure(presets.paper, { width: 0.1 });
    expect(recipe).toBe(presets.paper.recipe);
  });

  it('keep the statistics of as many channels', () => {
    expect(configure(presets.caffenet, { inChannels: 3 }).preprocessing).toEqual(presets.caffenet.preprocessing);
  });
});

describe('input size', () => {
  it('sets both sides, and the size that pictures are scaled to in proportion', () => {
    const spec = configure(presets.paper, { inputSize: 454 });
    expect(spec.input).toEqual([454, 454, 3]);
    expect(spec.preprocessing.resizeShorterSide).toBe(512);
  });

  it('keeps padding in proportion', () => {
    const padded = { ...presets.paper, preprocessing: { ...presets.paper.preprocessing, padding: 10 } };
    expect(configure(padded, { inputSize: 454 }).preprocessing.padding).toBe(20);
    expect(configure(presets.paper, { inputSize: 454 }).preprocessing).not.toHaveProperty('padding');
  });

  it('says nothing of scaling where the preset does not', () => {
    expect(configure(presets['cifar10-quick'], { inputSize: 48 }).preprocessing).not.toHaveProperty(
      'resizeShorterSide',
    );
  });

  it('changes FC6, except behind an adaptive pool', () => {
    const first = (spec: ModelSpec) => inferShapes(spec).layers.find(({ layer }) => layer.kind === 'dense')?.input[0];
    expect(first(configure(presets['one-tower'], { inputSize: 128 }))).toBe(256 * 3 * 3);
    expect(first(configure(presets.torchvision, { inputSize: 128 }))).toBe(256 * 6 * 6);
  });
});

describe('dropout and normalisation', () => {
  it('changes every rate', () => {
    const rates = leaves(configure(presets.paper, { dropout: 0 }).layers).flatMap((layer) =>
      layer.kind === 'dropout' ? [layer.rate] : [],
    );
    expect(rates).toEqual([0, 0]);
  });

  const norms = (spec: ModelSpec) => leaves(spec.layers).filter((layer) => layer.kind === 'lrn');

  it('changes what is given of every LRN, and keeps the rest', () => {
    expect(norms(configure(presets.caffenet, { lrn: { k: 2, size: 3 } }))).toEqual([
      expect.objectContaining({ caffe: 'norm1', k: 2, size: 3, alpha: 1e-4, beta: 0.75, convention: 'caffe' }),
      expect.objectContaining({ caffe: 'norm2', k: 2, size: 3, alpha: 1e-4, beta: 0.75, convention: 'caffe' }),
    ]);
  });

  it('switches LRN off by dividing by one', () => {
    for (const norm of norms(configure(presets.paper, { lrn: false }))) expect(norm).toMatchObject({ alpha: 0, k: 1 });
  });
});

describe('values out of range are refused', () => {
  it.each<[SpecOptions, string]>([
    [{ width: 0 }, 'width: must be above 0 and at most 16, not 0.'],
    [{ width: 17 }, 'width: must be above 0 and at most 16, not 17.'],
    [{ width: Number.NaN }, 'width: must be above 0 and at most 16, not NaN.'],
    [{ dropout: 1 }, 'dropout: must be at least 0 and below 1, not 1.'],
    [{ dropout: -0.1 }, 'dropout: must be at least 0 and below 1, not -0.1.'],
    [{ classes: 0 }, 'classes: must be a whole number from 1 to 65536, not 0.'],
    [{ classes: 2.5 }, 'classes: must be a whole number from 1 to 65536, not 2.5.'],
    [{ inChannels: -1 }, 'inChannels: must be a whole number from 1 to 65536, not -1.'],
    [{ inputSize: Number.POSITIVE_INFINITY }, 'inputSize: must be a whole number from 1 to 65536, not Infinity.'],
    [{ classes: 65_537 }, 'classes: must be a whole number from 1 to 65536, not 65537.'],
    [{ inChannels: 65_537 }, 'inChannels: must be a whole number from 1 to 65536, not 65537.'],
    [{ inputSize: 65_537 }, 'inputSize: must be a whole number from 1 to 65536, not 65537.'],
    [
      { inputSize: 65_000 },
      'inputSize: the side that pictures are scaled to: must be a whole number from 1 to 65536, not 73304.',
    ],
    [
      { inputSize: 40_000 },
      'alexnet/paper: the input holds 4800000000 elements, at most 1073741824. Choose a smaller width, inputSize',
    ],
    [
      { width: 16 },
      'alexnet/paper: layer classifier.0 holds 9663741952 elements, at most 1073741824. Choose a smaller',
    ],
    [{ lrn: { size: 4 } }, 'lrn.size: must be odd, not 4'],
    [{ lrn: { size: 0 } }, 'lrn.size: must be a whole number from 1 to 65536, not 0.'],
    [{ lrn: { size: 2.5 } }, 'lrn.size: must be a whole number from 1 to 65536, not 2.5.'],
    [{ lrn: { alpha: Number.NaN } }, 'lrn.alpha: must be from 0 to 1e9, not NaN.'],
    [{ lrn: { beta: -1 } }, 'lrn.beta: must be from 0 to 1e9, not -1.'],
    [{ lrn: { k: Number.POSITIVE_INFINITY } }, 'lrn.k: must be from 0 to 1e9, not Infinity.'],
  ])('%o', (options, message) => {
    expect(() => configure(presets.paper, options)).toThrow(message);
    expect(() => configure(presets.paper, options)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('widths beyond what a layer may have', () => {
    const wide = { ...presets['cifar10-quick'], layers: [flatten({ call: true }), dense(5000), dense('classes')] };
    expect(() => configure(wide, { width: 16 })).toThrow('width: 16 makes 5000 80000, at most 65536. Choose a smaller');
  });

  it('an input too small for the layers', () => {
    expect(() => configure(presets.paper, { inputSize: 20 })).toThrow(
      /^alexnet\/paper: layer 8 \(features\.7, maxPool\) .* The network's input is \[20, 20, 3\]: use a larger one/,
    );
    expect(() => configure(presets.paper, { inputSize: 20 })).toThrow(expect.objectContaining({ code: 'spec' }));
  });
});

describe('what can be configured can be read back', () => {
  it.each<[keyof typeof presets, SpecOptions]>([
    ['cifar10-quick', { classes: 65_536 }],
    ['cifar10-quick', { width: 16 }],
    ['cifar10-full', { inChannels: 65_536 }],
    ['torchvision', { inputSize: 1500, width: 0.01 }],
    ['paper', { dropout: 1 - Number.EPSILON / 2, lrn: { size: 65_535, alpha: 0, beta: 1e9, k: 1e9 } }],
    ['caffenet', { lrn: { size: 1, convention: 'pytorch', region: 'within-channel' }, inChannels: 1 }],
    ['half-tower', { inputSize: 64, width: 1e-9 }],
  ])('%s with %o', (name, options) => {
    const configured = configure(presets[name], options);
    expect(parseSpec(JSON.parse(JSON.stringify(configured)), 'spec.json')).toEqual(configured);
  });
});
