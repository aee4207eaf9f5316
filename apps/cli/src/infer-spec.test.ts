import { configure, inferShapes, type ModelSpec } from '@zoo/spec';
import { inferSpec, inferSpecs, type StoredTensor, type TensorFile, weightsOfSpec } from '@zoo/weights';
import { describe, expect, it } from 'vitest';
import { allPresets, families } from './families.ts';

type StatedLayer = NonNullable<TensorFile['network']>['layers'][number];

/** A file of tensors of which only names and shapes are known: nothing else may be looked at. */
const fileOf = (tensors: readonly { name: string; shape: readonly number[] }[]): TensorFile => ({
  name: 'a file',
  tensors: new Map(
    tensors.map(({ name, shape }): [string, StoredTensor] => [
      name,
      {
        name,
        shape,
        dtype: 'F32',
        read: async () => {
          throw new Error(`${name} was read`);
        },
      },
    ]),
  ),
  metadata: {},
  close: async () => {},
});

type Layout = (spec: ModelSpec) => { name: string; shape: readonly number[] }[];

/** A network's tensors as each framework names and lays them out. */
const layouts: Readonly<Record<string, Layout>> = {
  'PyTorch and safetensors': weightsOfSpec,
  "PyTorch's DataParallel": (spec) => weightsOfSpec(spec).map(({ name, shape }) => ({ name: `module.${name}`, shape })),
  'tf.layers and Keras': (spec) =>
    weightsOfSpec(spec).map(({ layer, role, shape, layout }) => ({
      name: `${layer.path}/${{ weight: layer.layer.kind === 'batchNorm' ? 'gamma' : 'kernel', bias: layer.layer.kind === 'batchNorm' ? 'beta' : 'bias', running_mean: 'moving_mean', running_var: 'moving_variance' }[role]}:0`,
      shape: layout
        ? layout.order.map((axis) => layout.torchAxes[axis] ?? 0)
        : shape.length === 2
          ? shape.toReversed()
          : shape,
    })),
  "Caffe's first format": (spec) =>
    weightsOfSpec(spec).map(({ name, role, shape, layer: { layer } }) => ({
      name: layer.caffe === undefined ? name : `${layer.caffe}.${role}`,
      shape: layer.caffe === undefined ? shape : [...Array<number>(4 - shape.length).fill(1), ...shape],
    })),
};

const hasTable = (preset: ModelSpec): boolean => JSON.stringify(preset.layers).includes('"connections"');
const isCoded = (preset: ModelSpec): boolean => JSON.stringify(preset.layers).includes('"codes"');

const cases = allPresets.flatMap((preset) =>
  (hasTable(preset) ? [1] : [1, 0.5, 0.25, 0.1, 0.05]).map((width) => ({
    preset,
    width,
    title: `${preset.family}/${preset.preset} at width ${width}`,
  })),
);

/** Presets whose weights have the same names and shapes. */
const alike: Readonly<Record<string, string>> = {
  'alexnet/paper': 'alexnet/caffenet',
  'alexnet/caffenet': 'alexnet/paper',
};

describe.each(Object.entries(layouts))('a network is found from the shapes of %s', (layout, write) => {
  it.each(cases)('$title', ({ preset, width }) => {
    const options = {
      ...(width !== 1 && { width }),
      ...(!isCoded(preset) && { classes: 7 }),
      inChannels: preset.input[2] === 1 ? 3 : 1,
    };
    const spec = configure(preset, options);
    const found = inferSpecs(fileOf(write(spec)), families);
    const name = `${preset.family}/${preset.preset}`;
    const others = alike[name];
    expect(found.map((one) => one.preset).toSorted()).toEqual([name, ...(others ? [others] : [])].toSorted());
    const own = found.find((one) => one.preset === name);
    expect(own?.spec).toEqual(spec);
    expect(own?.options).toEqual(options);
    expect(own?.rule, layout).not.toBe('structure');
  });
});

describe('inferSpec', () => {
  const presetOf = (name: string): ModelSpec => {
    const preset = allPresets.find((one) => `${one.family}/${one.preset}` === name);
    if (!preset) throw new Error(name);
    return preset;
  };

  it("gives the preset's own numbers where they are the file's", () => {
    const found = inferSpec(fileOf(weightsOfSpec(presetOf('alexnet/torchvision'))), families);
    expect(found).toMatchObject({ preset: 'alexnet/torchvision', options: {}, rule: 'spec', unused: 0 });
  });

  it('guesses from order and shapes where names say nothing', () => {
    const spec = configure(presetOf('zfnet/zfnet'), { width: 0.1, classes: 5 });
    const nameless = weightsOfSpec(spec).map(({ shape }, index) => ({ name: `arr_${index}`, shape }));
    expect(inferSpec(fileOf(nameless), families)).toMatchObject({
      preset: 'zfnet/zfnet',
      options: { width: 0.1, classes: 5 },
      rule: 'structure',
    });
  });

  it('names the presets where several fit', () => {
    const file = fileOf(weightsOfSpec(presetOf('alexnet/paper')));
    expect(() => inferSpec(file, families)).toThrow(
      /^a file: fits alexnet\/paper and alexnet\/caffenet, which differ only in what shapes do not tell: order, normalisation, dropout\. Say which one it is\.$/,
    );
  });

  it.each(['alexnet/paper', 'alexnet/caffenet'])(
    'takes %s where the file says that its layers come in this order',
    (name) => {
      const { layers } = inferShapes(presetOf(name));
      const file = fileOf(weightsOfSpec(presetOf(name)));
      const stated = layers.flatMap(({ path, layer }): StatedLayer[] => {
        const named = { name: path, type: layer.kind };
        if (layer.kind === 'lrn')
          return [{ ...named, kind: 'lrn', size: 5, alpha: 1e-4, beta: 0.75, k: 1, region: 'across-channels' }];
        if (layer.kind === 'maxPool')
          return [{ ...named, kind: 'maxPool', size: [3, 3], stride: [2, 2], padding: 'valid', ceil: true }];
        if (layer.kind === 'relu') return [{ ...named, kind: 'activation', function: 'relu' }];
        return layer.kind === 'conv' || layer.kind === 'dense' ? [{ ...named, kind: layer.kind }] : [];
      });
      expect(inferSpec({ ...file, network: { layers: stated } }, families).preset).toBe(name);
    },
  );

  it('says what a file is that has no layers', () => {
    const unread = { what: 'is a graph model', advice: 'Convert it' };
    const file = { ...fileOf([{ name: 'a', shape: [3, 4] }]), network: { layers: [], unread } };
    expect(() => inferSpecs(file, families)).toThrow(/^a file: is a graph model\. Convert it\.$/);
  });

  it('passes over what a training keeps, and the dictionary that is no network', () => {
    const weights = weightsOfSpec(configure(presetOf('alexnet/one-tower'), { width: 0.25 }));
    const file = fileOf([...weights, { name: 'epoch', shape: [] }, { name: 'optimizer.a', shape: [3] }]);
    expect(inferSpec(file, families)).toMatchObject({ preset: 'alexnet/one-tower', unused: 0 });
    const beside = { ...fileOf([{ name: 'best_acc1', shape: [] }]), others: [file.tensors] };
    expect(inferSpec(beside, families).preset).toBe('alexnet/one-tower');
  });

  it('says that none fits', () => {
    const file = fileOf([{ name: 'conv1.weight', shape: [64, 3, 7, 7] }]);
    expect(() => inferSpec(file, families)).toThrow(
      /a file: does not say what network it is for, and its 1 tensors fit no preset/,
    );
  });
});
