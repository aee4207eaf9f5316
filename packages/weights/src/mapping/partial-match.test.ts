import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { batchNorm, block, conv, dense, flatten, type ModelSpec, relu } from '@zoo/spec';
import type { NamedTensor } from '@zoo/tensor-files';
import { tensorFile } from '@zoo/testing/tensor-file';
import { tinySpec } from '@zoo/testing/tiny-spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FillOptions, fillModel } from '../load-weights.ts';
import { modelTensors } from '../model-tensors.ts';

beforeAll(() => tf.setBackend('cpu'));

const network: ModelSpec = {
  ...tinySpec,
  input: [6, 6, 3],
  preprocessing: { ...tinySpec.preprocessing, mean: [0, 0, 0], std: [1, 1, 1] },
  layers: [
    block('features', [
      conv(4, 3, { caffe: 'conv1' }),
      batchNorm(),
      relu(),
      conv(6, 2, { caffe: 'conv2', groups: 2 }),
      relu(),
    ]),
    flatten({ call: true }),
    block('classifier', [dense(7, { caffe: 'fc6' }), relu(), dense('classes', { caffe: 'fc8' })]),
  ],
};

const numbers = (model: ReturnType<typeof buildModel>): Map<string, number[]> =>
  new Map(modelWeights(model).map(({ name, variable }) => [name, [...variable.dataSync()]]));
const theirs = (spec: ModelSpec = network) => modelTensors(buildModel(spec, { seed: 1 }));
const renamed = (tensors: readonly NamedTensor[], name: (old: string) => string): NamedTensor[] =>
  tensors.map((tensor) => ({ ...tensor, name: name(tensor.name) }));
const featuresOnly = () => theirs().filter(({ name }) => name.startsWith('features.'));
const heads = ['classifier.0.weight', 'classifier.0.bias', 'classifier.2.weight', 'classifier.2.bias'];

/** Loads tensors into a fresh network; checks that what is loaded is theirs, and that everything else is as it was built. */
async function load(tensors: readonly NamedTensor[], options: FillOptions = { strict: false }) {
  const model = buildModel(network, { seed: 2 });
  const report = await fillModel(model, tensorFile(tensors), options);
  const [built, source] = [numbers(buildModel(network, { seed: 2 })), numbers(buildModel(network, { seed: 1 }))];
  for (const [name, values] of numbers(model))
    expect(values, name).toEqual((report.loaded.includes(name) ? source : built).get(name));
  expect([...report.loaded, ...report.kept].toSorted()).toEqual([...built.keys()].toSorted());
  return report;
}

describe('a partial checkpoint', () => {
  it('is refused unless it is asked for, and the error says what is missing and how', async () => {
    await expect(load(featuresOnly(), {})).rejects.toThrow(
      /a file: has no tensor classifier\.0\.weight, it lacks 4 of 12 \(classifier\.0\.weight, classifier\.0\.bias, classifier\.2\.weight, classifier\.2\.bias\); it has features\.0\.weight, .*, or load with strict: false/,
    );
  });

  it('without its prefix is refused with what to do, which then works', async () => {
    const tensors = renamed(featuresOnly(), (name) => name.replace('features.', ''));
    const many = featuresOnly().filter(({ name }) => !name.endsWith('num_batches_tracked')).length;
    await expect(load(tensors, {})).rejects.toThrow(
      `written with, or load with strict: false to leave what is missing as the model was built. Behind another prefix it has ${many} of the 12 weights.`,
    );
    expect((await load(tensors)).loaded).toHaveLength(many);
  });

  it('that is a shard is refused by what it is, and said to be one where it is taken', async () => {
    const file = { ...tensorFile(featuresOnly()), name: 'model-00001-of-00002.safetensors' };
    const model = buildModel(network, { seed: 2 });
    await expect(fillModel(model, file)).rejects.toThrow(
      /is shard 1 of 2: open their index, model\.safetensors\.index\.json/,
    );
    expect((await fillModel(model, file, { strict: false })).notes).toEqual([
      'is shard 1 of 2: open their index, model.safetensors.index.json, which lies beside them',
    ]);
  });

  it.each<[string, (name: string) => string]>([
    ['as they are', (name) => name],
    ['behind module.', (name) => `module.${name}`],
    ['behind model.', (name) => `state_dict.model.${name}`],
    ['as part of a larger network', (name) => `backbone.alexnet.${name}`],
    ['of the block alone', (name) => name.replace('features.', '')],
    ['of the block alone, behind module.', (name) => name.replace('features.', 'module.')],
    ['of a block with another name', (name) => name.replace('features', 'encoder')],
    ['of Caffe', (name) => name.replace('features.0', 'conv1').replace('features.3', 'conv2')],
  ])('gives its features by names %s', async (_, name) => {
    const isCaffe = name('features.0.weight') === 'conv1.weight';
    const report = await load(renamed(featuresOnly(), name));
    expect(report).toMatchObject({
      certainty: 'names',
      mismatched: [],
      unused: isCaffe ? [expect.any(String), expect.any(String), expect.any(String), expect.any(String)] : [],
    });
    expect(report.loaded).toHaveLength(isCaffe ? 4 : 8);
    expect(report.missing).toEqual(isCaffe ? expect.arrayContaining(heads) : heads);
    expect(report.kept).toEqual(report.missing);
  });

  it('gives its first layers by order and shape, and says that it is a guess', async () => {
    const report = await load(renamed(featuresOnly(), (name) => `t${name.replaceAll('.', '_')}`));
    expect(report).toMatchObject({ certainty: 'structure', missing: heads });
  });

  it('begins layers of other shapes anew as a whole, and says which shapes', async () => {
    const wider: ModelSpec = {
      ...network,
      classes: 5,
      layers: network.layers.map((node) =>
        node.kind === 'block' && node.name === 'classifier'
          ? { ...node, layers: [dense(9), relu(), dense('classes')] }
          : node,
      ),
    };
    const report = await load([...featuresOnly(), ...theirs(wider).slice(8)]);
    expect(report.kept).toEqual(heads);
    expect(report.missing).toEqual([]);
    expect(report.mismatched.map(({ name }) => name)).toEqual(heads);
    expect(report.mismatched[0]).toEqual({
      name: 'classifier.0.weight',
      from: 'classifier.0.weight',
      shape: [9, 54],
      expected: [7, 54],
    });
    expect(report.unused).toEqual(heads);
  });

  it('leaves a bias as it is whose filters are missing, and loads filters without a bias', async () => {
    const report = await load(
      theirs().filter(({ name }) => name !== 'features.0.weight' && name !== 'classifier.0.bias'),
    );
    expect(report.kept).toEqual(['features.0.weight', 'features.0.bias', 'classifier.0.bias']);
    expect(report.missing).toEqual(['features.0.weight', 'classifier.0.bias']);
    expect(report.unused).toEqual(['features.0.bias']);
  });

  it('goes with a new head', async () => {
    const report = await load(
      theirs().filter(({ name }) => !name.startsWith('features.0')),
      { strict: false, head: 'new' },
    );
    expect(report.missing).toEqual(['features.0.weight', 'features.0.bias']);
    expect(report.kept).toEqual(['features.0.weight', 'features.0.bias', 'classifier.2.weight', 'classifier.2.bias']);
  });

  it('takes the dictionary that gives most', async () => {
    const [less, more] = [tensorFile(theirs().slice(0, 2)), tensorFile(featuresOnly())];
    const model = buildModel(network, { seed: 2 });
    const report = await fillModel(model, { ...less, others: [more.tensors] }, { strict: false });
    expect(report.loaded).toHaveLength(8);
  });

  it('is an ordinary load where everything is there', async () => {
    expect(await load(theirs())).toMatchObject({ rule: 'spec', kept: [], missing: [], mismatched: [], unused: [] });
  });

  it('is an error where it fits nothing, and the model is unchanged', async () => {
    const model = buildModel(network, { seed: 2 });
    const fill = (tensors: readonly NamedTensor[]) => fillModel(model, tensorFile(tensors), { strict: false });
    const other = [{ name: 'conv.weight', shape: [5, 5], data: () => new Float32Array(25) }];
    await expect(fill(other)).rejects.toThrow(
      /a file: fits no layer of the network, by names or by order and shapes: it has conv\.weight, and the model needs features\.0\.weight, /,
    );
    const narrow = theirs().map((tensor) => ({ ...tensor, shape: [...tensor.shape, 2] }));
    await expect(fill(narrow)).rejects.toThrow(
      /fits no layer of the network, .*features\.0\.weight is \[4,3,3,3,2\], but the model needs \[4,3,3,3\]/,
    );
    // A vector alone says nothing.
    await expect(fill(theirs().filter(({ shape }) => shape.length === 1))).rejects.toThrow(/fits no layer/);
    expect(numbers(model)).toEqual(numbers(buildModel(network, { seed: 2 })));
  });

  it('is refused where two parts of it could be the same layers', async () => {
    const twins = ['student', 'teacher'].flatMap((who) => renamed(featuresOnly(), (name) => `${who}.${name}`));
    await expect(load(twins)).rejects.toThrow(
      /student\.features\.0\.weight and teacher\.features\.0\.weight could each be features\.0\.weight\. Save the one/,
    );
  });
});
