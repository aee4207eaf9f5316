import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { smallSpecs } from '@zoo/testing/small-spec';
import { tensorFile } from '@zoo/testing/tensor-file';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FillOptions, fillModel } from '../load-weights.ts';
import { laidOutWeights } from '../model-tensors.ts';

beforeAll(() => tf.setBackend('cpu'));

type Shapes = Readonly<Record<string, readonly number[]>>;

/** @param before Further tensors in front of a weight. */
function load(more: Shapes, options: FillOptions = {}, prefix = '', before: (weight: string) => Shapes = () => ({})) {
  const model = buildModel(smallSpecs.plain, { seed: 1 });
  const shapes = [
    ...laidOutWeights(model).flatMap(({ name, shape }) => [
      ...Object.entries(before(name)),
      [`${prefix}${name}`, shape] as const,
    ]),
    ...Object.entries(more),
  ];
  const named = shapes.map(([name, shape]) => ({
    name,
    shape,
    data: () => new Float32Array(shape.reduce((a, b) => a * b, 1)),
  }));
  return fillModel(model, tensorFile(named), options);
}

describe('tensors of a layer that the model has no place for', () => {
  it.each<[string, Record<string, readonly number[]>]>([
    ['a mask', { 'classifier.0.mask': [8, 24] }],
    ['a slope', { 'classifier.0.slope': [8] }],
  ])('%s are refused by name, and left out on request', async (_, more) => {
    const [first = ''] = Object.keys(more);
    await expect(load(more)).rejects.toThrow(
      new RegExp(`${first} belongs to a layer whose weights are taken, but test/plain has no place for it`),
    );
    expect((await load(more, { computation: 'ignore' })).unused).toEqual(Object.keys(more));
  });

  it.each<[string, Record<string, readonly number[]>, string]>([
    [
      'without alpha',
      { 'classifier.0.lora_A': [2, 24], 'classifier.0.lora_B': [8, 2] },
      'alpha, by which it counts, is not in the file',
    ],
    [
      'of other shapes',
      { 'classifier.0.lora_A': [2, 23], 'classifier.0.lora_B': [8, 2] },
      'its factors of [2,23] and [8,2] do not give [8,24]',
    ],
    ['without a second factor', { 'classifier.0.lora_A.default.weight': [2, 24] }, 'it is not of a kind that is read'],
    ['of another kind', { 'classifier.0.lokr_w1': [2, 24] }, 'it is not of a kind that is read'],
  ])('low-rank updates %s are refused with the reason, and left out on request', async (_, more, why) => {
    await expect(load(more)).rejects.toThrow(
      `is a low-rank update that is not applied: ${why}. Merge it into the weights`,
    );
    expect((await load(more, { computation: 'ignore' })).unused).toEqual(Object.keys(more));
  });

  it.each(['', 'module.'])('a slope where the model has a plain ReLU (%s)', async (prefix) => {
    await expect(load({ [`${prefix}features.1.weight`]: [1] }, {}, prefix)).rejects.toThrow(
      new RegExp(`${prefix}features\\.1\\.weight is a weight of ${prefix}features\\.1, which has none in test/plain`),
    );
  });

  it('are none of an optimiser, of observers, or of other parts', async () => {
    const more = {
      'features.0.activation_post_process.min_val': [1],
      'features.0.weight.exp_avg': [4, 3, 3, 3],
      'features.0.total_ops': [1],
      'features.1.total_params': [1],
      'aux.weight': [8, 8],
    };
    const { unused, notes } = await load(more);
    expect(unused).toEqual(Object.keys(more));
    expect(notes).toEqual([]);
  });

  it.each(['scale', 'logit_scale', 'weight_scale', 'input_scale', 'output_scale', 'zero_point', '_amax', 'scales'])(
    'named as of whole numbers (%s) change what a layer of floats computes',
    async (name) => {
      await expect(load({ [`classifier.2.${name}`]: [] })).rejects.toThrow(
        new RegExp(`classifier\\.2\\.${name} belongs to a layer whose weights are taken`),
      );
    },
  );

  it('that round where a layer computes are told', async () => {
    const { notes } = await load({
      'features.0.activation_post_process.scale': [1],
      'classifier.0.weight_quantizer._amax': [8, 1],
    });
    expect(notes).toEqual([
      'computed with weights that classifier.0.weight_quantizer rounds, to how many bits it does not say: they are taken as they are, so that the results differ a little',
      'computed with outputs of layers that features.0.activation_post_process and others round: here they are not rounded, so that the results differ a little',
    ]);
  });

  it.each(['temperature', 'model.logit_scale'])('one number beside the network (%s) is told', async (name) => {
    const { notes } = await load({ [name]: [1] }, {}, name.startsWith('model') ? 'model.' : '');
    expect(notes).toEqual([`has ${name}, by which its training may have scaled the logits: that is not done here`]);
  });
});

describe('layers within the network that the model does not have', () => {
  const inside = /is of a layer within the network that test\/plain does not have/;
  it.each(['features.se1.fc.weight', 'features.norm1.weight', 'classifier.4.weight', 'features.7.weight'])(
    'in a block whose layers are taken: %s',
    async (name) => {
      await expect(load({ [name]: [4, 4] })).rejects.toThrow(inside);
      await expect(load({ [`module.${name}`]: [4, 4] }, {}, 'module.')).rejects.toThrow(inside);
      expect((await load({ [name]: [4, 4] }, { computation: 'ignore' })).unused).toEqual([name]);
      expect((await load({ [name]: [4, 4] }, { strict: false })).unused).toEqual([name]);
    },
  );

  it('are none of a head that begins anew', async () => {
    const more = { 'classifier.4.weight': [8, 8] };
    expect((await load(more, { head: 'new' })).unused).toEqual([
      'classifier.2.weight',
      'classifier.2.bias',
      'classifier.4.weight',
    ]);
  });

  it.each<[string, boolean]>([
    ['attention.weight', false],
    ['aux_head.weight', true],
    ['domain_classifier.weight', true],
  ])('between two layers, in the order of the network: %s', async (name, isTaken) => {
    const between = (weight: string) => (weight === 'classifier.0.weight' ? { [name]: [4, 4] } : {});
    const loaded = load({}, {}, '', between);
    if (isTaken) expect((await loaded).unused).toEqual([name]);
    else await expect(loaded).rejects.toThrow(inside);
  });
});
