import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { batchNorm, block, conv, dense, dropout, flatten, lrn, maxPool, relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from './build-model.ts';
import { Dropout } from './dropout.ts';
import { modelWeights } from './model-weights.ts';
import { specOf } from './spec-of.ts';
import { describeLayer } from './testing/describe-layer.ts';
import { saveAndLoad } from './testing/save-and-load.ts';

describeLayer('ReLU', {
  layer: relu(),
  input: [3, 4, 2],
  reference: (x) => ({ ...x, values: x.values.map((value) => Math.max(0, value)) }),
});

const spec = specWith(
  [
    block('features', [
      conv(4, 3, { groups: 2, padding: 1, init: { bias: 1 } }),
      batchNorm(),
      relu(),
      lrn({ size: 3, alpha: 0.1, beta: 0.75, k: 1, convention: 'pytorch' }),
      maxPool(3, 2, { ceil: true }),
    ]),
    flatten({ call: true }),
    block('classifier', [dropout(0.5), dense(6, { init: { weight: 'xavier-uniform' } }), relu()]),
  ],
  [8, 8, 2],
  { init: { weight: { normal: 0.01 }, bias: 'fan-in-uniform' } },
);
const withoutSecondFlatten = { ...spec, layers: spec.layers.filter((node) => node.name !== 'to-vector') };

const values = (model: tfl.LayersModel) =>
  Object.fromEntries(modelWeights(model).map(({ name, variable }) => [name, [...variable.dataSync()]]));

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('buildModel', () => {
  const built = (seed?: number) => buildModel(withoutSecondFlatten, seed === undefined ? {} : { seed });

  it("names the model, its layers and its weights by the spec's paths", () => {
    const model = built();
    expect(model.name).toBe('test-layers');
    expect(model.layers.map(({ name }) => name)).toEqual([
      'input',
      'features.0',
      'features.1',
      'features.2',
      'features.3',
      'features.4',
      'flatten',
      'classifier.0',
      'classifier.1',
      'classifier.2',
      'head',
    ]);
    expect(modelWeights(model).map(({ name, variable, trainable }) => [name, variable.shape, trainable])).toEqual([
      ['features.0.weight', [3, 3, 1, 4], true],
      ['features.0.bias', [4], true],
      ['features.1.weight', [4], true],
      ['features.1.bias', [4], true],
      ['features.1.running_mean', [4], false],
      ['features.1.running_var', [4], false],
      ['classifier.1.weight', [6, 64], true],
      ['classifier.1.bias', [6], true],
      ['head.weight', [2, 6], true],
      ['head.bias', [2], true],
    ]);
    expect(model.inputs[0]?.shape).toEqual([null, 8, 8, 2]);
    expect(model.outputs[0]?.shape).toEqual([null, 2]);
    model.dispose();
  });

  it('fills each tensor as its own layer says, else as the spec does', () => {
    const model = built();
    const found = values(model);
    expect(found['features.0.bias']).toEqual([1, 1, 1, 1]);
    expect(found['features.1.weight']).toEqual([1, 1, 1, 1]);
    expect(found['features.1.bias']).toEqual([0, 0, 0, 0]);
    expect(found['features.1.running_mean']).toEqual([0, 0, 0, 0]);
    expect(found['features.1.running_var']).toEqual([1, 1, 1, 1]);
    const largest = (name: string) => Math.max(...(found[name] ?? []).map(Math.abs));
    expect(largest('features.0.weight')).toBeGreaterThan(0.005);
    expect(largest('features.0.weight')).toBeLessThan(0.05);
    const bound = Math.sqrt(6 / (64 + 6));
    expect(largest('classifier.1.weight')).toBeGreaterThan(0.95 * bound);
    expect(largest('classifier.1.weight')).toBeLessThanOrEqual(bound);
    // A bias has the fan of its weight.
    expect(largest('head.bias')).toBeLessThanOrEqual(1 / Math.sqrt(6));
    expect(largest('head.bias')).toBeGreaterThan(0);
    model.dispose();
  });

  it('leaves weights and biases 0 for a model that is filled from a file, and all else as it is', () => {
    const [initial, empty] = [values(built()), values(buildModel(withoutSecondFlatten, { initialize: false }))];
    const isNormalised = (name: string) => name.startsWith('features.1.');
    for (const [name, numbers] of Object.entries(initial))
      expect(empty[name], name).toEqual(isNormalised(name) ? numbers : numbers.map(() => 0));
    expect(Object.keys(empty).filter(isNormalised)).toHaveLength(4);
  });

  it('has the same numbers for the same seed, others for another, and seed 0 where none is given', () => {
    const models = [built(3), built(3), built(4), built(), built(0)];
    const [first, again, other, none, zero] = models.map(values);
    expect(again).toEqual(first);
    expect(none).toEqual(zero);
    for (const name of ['features.0.weight', 'classifier.1.weight', 'classifier.1.bias', 'head.weight', 'head.bias'])
      expect(other?.[name], name).not.toEqual(first?.[name]);
    for (const model of models) model.dispose();
  });

  it('gives each dropout masks of its own', () => {
    const model = buildModel(specWith([dropout(0.5), dropout(0.5)], [2, 2, 1]), { seed: 3 });
    const seeds = model.layers.flatMap((layer) => (layer instanceof Dropout ? [layer.seed] : []));
    expect(new Set(seeds).size).toBe(2);
    model.dispose();
  });

  it('leaves its variables and nothing else, and dispose frees them', () => {
    const before = tf.memory().numTensors;
    const model = built();
    expect(tf.memory().numTensors).toBe(before + modelWeights(model).length);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses layers that do not fit together, by place', () => {
    expect(() => buildModel(specWith([conv(4, 9)], [8, 8, 2]))).toThrow(
      /^test\/layers: layer 1 \(0, conv\) its 9×9 kernel does not fit a side of 8/,
    );
  });

  it('comes back whole when saved and loaded, dropout included', async () => {
    const model = built(5);
    const loaded = await saveAndLoad(model);
    expect(values(loaded)).toEqual(values(model));
    expect(specOf(loaded)).toEqual(withoutSecondFlatten);
    tf.tidy(() => {
      const [a, b] = [model, loaded].map((one) => {
        const y = one.apply(tf.ones([2, 8, 8, 2]), { training: true });
        return y instanceof tf.Tensor ? [...y.dataSync()] : [];
      });
      expect(a).toHaveLength(4);
      expect(b).toEqual(a);
    });
    model.dispose();
    loaded.dispose();
  });
});

describe('specOf', () => {
  it('gives the spec that a model was built from', () => {
    const model = buildModel(withoutSecondFlatten);
    expect(specOf(model)).toBe(withoutSecondFlatten);
    model.dispose();
  });

  it('refuses models that the zoo has not built', () => {
    const foreign = tfl.sequential({ name: 'foreign', layers: [tfl.layers.dense({ units: 1, inputShape: [2] })] });
    expect(() => specOf(foreign)).toThrow(
      'foreign: has no spec, so it was not built by the zoo. Build it with buildModel().',
    );
    expect(() => modelWeights(foreign)).toThrow('foreign: has no spec');
    foreign.dispose();
  });

  it('reads metadata of a file, and does not believe it', () => {
    const model = tfl.sequential({ name: 'odd', layers: [tfl.layers.dense({ units: 1, inputShape: [2] })] });
    model.setUserDefinedMetadata({ zoo: { ...withoutSecondFlatten, classes: -1 } });
    expect(() => specOf(model)).toThrow('odd: metadata.zoo.classes: expected a whole number from 1 to 65536, found -1');
    const other = tfl.sequential({ name: 'odd', layers: [tfl.layers.dense({ units: 1, inputShape: [2] })] });
    other.setUserDefinedMetadata({ zoo: withoutSecondFlatten });
    expect(() => modelWeights(other)).toThrow(/features\.0/);
    for (const one of [model, other]) one.dispose();
  });
});
