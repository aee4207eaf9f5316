import { readFileSync } from 'node:fs';
import { presets } from '@zoo/alexnet';
import { batchNorm, block, conv, dense, flatten, inferShapes, type ModelSpec, type Node, relu } from '@zoo/spec';
import { describe, expect, it } from 'vitest';

/** Names and shapes of the originals' checkpoints, as PyTorch has them. */
const stateDicts: Record<string, Record<string, number[]>> = JSON.parse(
  readFileSync(new URL('../../packages/inspect/fixtures/state-dicts.json', import.meta.url), 'utf8'),
);

describe.each(Object.entries(presets))('%s', (name, spec) => {
  const model = inferShapes(spec);

  it("has the tensors of the original's checkpoint, in its order", () => {
    // PyTorch also counts the batches that a batch normalisation has seen.
    const original = Object.entries(stateDicts[name] ?? {}).filter(
      ([tensor]) => !tensor.endsWith('num_batches_tracked'),
    );
    const ours = model.layers.flatMap(({ weights }) => weights.map(({ name: tensor, shape }) => [tensor, [...shape]]));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours).toEqual(original);
  });

  it('hands each layer what the one before it gives', () => {
    let shape: readonly number[] = spec.input;
    for (const layer of model.layers) {
      expect(layer.input).toEqual(shape);
      shape = layer.output;
    }
    expect(shape).toEqual([spec.classes]);
    expect(model.output).toEqual([spec.classes]);
  });

  it('gives every layer a path of its own, and learns all but statistics', () => {
    expect(new Set(model.layers.map(({ path }) => path)).size).toBe(model.layers.length);
    const statistics = model.layers.flatMap(({ weights }) => weights.filter(({ trainable }) => !trainable));
    expect(statistics.every(({ role }) => role.startsWith('running_'))).toBe(true);
    expect(statistics.length > 0).toBe(name === 'batchnorm');
  });
});

describe('counts', () => {
  it.each([
    ['paper', 60_965_224, 725_066_088],
    ['caffenet', 60_965_224, 725_066_088],
    ['torchvision', 61_100_840, 714_682_664],
    ['one-tower', 61_100_840, 714_682_664],
    ['single-tower', 58_299_082, 1_061_582_538],
    ['half-tower', 40_702_632, 335_594_152],
    ['batchnorm', 46_762_051, 1_006_473_411],
    ['xavier', 58_322_314, 1_131_859_338],
    ['cifar10-quick', 145_578, 12_399_306],
    ['cifar10-full', 89_578, 12_343_306],
  ] as const)('of %s: %i parameters, %i mult-adds', (name, parameters, multAdds) => {
    expect(inferShapes(presets[name])).toMatchObject({ parameters, multAdds });
  });
});

describe('sizes', () => {
  /** Sides of the maps wherever they change. */
  const sides = (spec: ModelSpec) =>
    inferShapes(spec)
      .layers.map(({ output }) => (output.length === 3 ? output[0] : 0))
      .filter((side, index, all) => side > 0 && side !== all[index - 1]);

  it.each(['paper', 'caffenet', 'torchvision', 'one-tower', 'single-tower', 'half-tower', 'xavier'] as const)(
    'of %s go 55, 27, 13, 6, whatever its input and padding',
    (name) => {
      expect(sides(presets[name])).toEqual([55, 27, 13, 6]);
    },
  );

  it('of batchnorm go 54, 26, 12, 5: 224 without padding, and pools that round down', () => {
    expect(sides(presets.batchnorm)).toEqual([54, 26, 12, 5]);
    expect(inferShapes(presets.batchnorm).layers.find(({ path }) => path === 'flatten')?.output).toEqual([6400]);
  });

  it.each(['cifar10-quick', 'cifar10-full'] as const)('of %s go 32, 16, 8, 4: pools that round up', (name) => {
    expect(sides(presets[name])).toEqual([32, 16, 8, 4]);
  });

  it('of the paper at 224, as its figure says, would be 54, and FC6 would see 5×5', () => {
    expect(sides({ ...presets.paper, input: [224, 224, 3] })).toEqual([54, 26, 12, 5]);
  });

  it('of CaffeNet at 224 would end at 6 all the same: Caffe rounds up', () => {
    expect(sides({ ...presets.caffenet, input: [224, 224, 3] })).toEqual([54, 27, 13, 6]);
  });
});

const network = (layers: readonly Node[], input: ModelSpec['input'] = [8, 8, 3]): ModelSpec => ({
  ...presets['cifar10-quick'],
  preset: 'test',
  input,
  classes: 2,
  layers,
});

describe('names', () => {
  it('count modules, also unnamed ones after named ones, but no calls', () => {
    const { layers, nodes } = inferShapes(
      network([
        block('features', [conv(4, 3), batchNorm({ name: 'norm' }), relu()]),
        flatten({ call: true }),
        relu({ name: 'act' }),
        dense(3),
        dense('classes', { name: 'fc' }),
      ]),
    );
    expect(layers.map(({ path }) => path)).toEqual([
      'features.0',
      'features.norm',
      'features.2',
      'flatten',
      'act',
      '2',
      'fc',
    ]);
    expect(nodes.map(({ name }) => name)).toEqual(['features', 'flatten', 'act', '2', 'fc']);
    expect(layers[0]?.weights).toEqual([
      { name: 'features.0.weight', role: 'weight', shape: [4, 3, 3, 3], trainable: true },
      { name: 'features.0.bias', role: 'bias', shape: [4], trainable: true },
    ]);
  });

  it('nest as deep as the blocks do, and a block gives what its last layer gives', () => {
    const { nodes, layers } = inferShapes(
      network([
        block('a', [block('b', [conv(4, 3)]), block('empty', [])]),
        flatten({ name: 'flat' }),
        dense('classes', { name: 'fc' }),
      ]),
    );
    expect(layers[0]?.path).toBe('a.b.0');
    expect(nodes[0]).toMatchObject({ kind: 'block', path: 'a', output: [6, 6, 4] });
  });
});

describe('a bad spec is refused', () => {
  const end = [flatten(), dense('classes')];

  it.each([
    [
      'an input that is too small',
      { ...presets.paper, input: [63, 63, 3] as const },
      "alexnet/paper: layer 15 (features.14, maxPool) has a 3×3 window, which does not fit a side of 2 (padding included). The network's input is [63, 63, 3]: use a larger one, or change the layer.",
    ],
    [
      'groups that do not divide',
      network([conv(4, 3), block('two', [relu(), conv(6, 3, { groups: 4 })]), ...end]),
      'alexnet/test: layer 3 (two.1, conv) 4 groups must divide both 4 input channels and 6 filters.',
    ],
    [
      'a dense layer on maps',
      network([conv(4, 3), dense('classes')]),
      'alexnet/test: layer 2 (1, dense) needs a vector, but its input is maps [6, 6, 4]: put flatten() before it.',
    ],
    [
      'a convolution behind flatten',
      network([flatten(), conv(4, 3)]),
      'alexnet/test: layer 2 (1, conv) needs maps [height, width, channels], but its input is the vector [192].',
    ],
    [
      'no filters',
      network([conv(0, 3), ...end]),
      'alexnet/test: layer 1 (0, conv) would give [6, 6, 0], where every size must be a whole number above 0.',
    ],
    [
      'an end without the classes',
      network([flatten(), dense(7)]),
      "alexnet/test: gives [7], but has 2 classes: end it with dense('classes') or rbf().",
    ],
    ['maps at the end', network([conv(2, 3)]), 'alexnet/test: gives [6, 6, 2], but has 2 classes'],
    ['no layers', network([]), 'alexnet/test: gives [8, 8, 3], but has 2 classes'],
    [
      'a name taken twice',
      network([block('a', [relu({ name: 'x' }), relu({ name: 'x' })]), ...end]),
      "alexnet/test: 'a.x' stands for two layers: give one of them another name.",
    ],
    [
      'a name that is the number of another layer',
      network([relu({ name: '1' }), relu(), ...end]),
      "alexnet/test: '1' stands for two layers",
    ],
    [
      'a name with a dot, which could be another layer',
      network([block('a', [relu()]), relu({ name: 'a.0' }), ...end]),
      "alexnet/test: 'a.0' has 'a.0' for a name, but dots separate names: give it one without.",
    ],
    ['an empty name', network([block('', [relu()]), ...end]), "alexnet/test: '' has '' for a name"],
  ])('for %s', (_what, spec, message) => {
    expect(() => inferShapes(spec)).toThrow(message);
    expect(() => inferShapes(spec)).toThrow(expect.objectContaining({ name: 'ZooError', code: 'spec' }));
  });
});
