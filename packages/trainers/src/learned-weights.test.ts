import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { block, conv, dense, flatten, type ModelSpec, relu } from '@zoo/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { sgd, train } from './index.ts';
import { learnedWeights } from './learned-weights.ts';

beforeAll(() => tf.setBackend('cpu'));

const spec: ModelSpec = {
  family: 'test',
  preset: 'frozen',
  title: 'Half of it stays as it is',
  source: 'this file',
  className: 'Frozen',
  input: [4, 4, 1],
  classes: 2,
  preprocessing: { range: 1, mean: [0.5], std: [0.25], channels: 'rgb' },
  init: { weight: 'xavier-uniform', bias: 0 },
  recipe: {
    source: 'this file',
    epochs: 1,
    batchSize: 4,
    optimizer: sgd({ learningRate: 0.1, weightDecay: 0.01 }),
    schedule: { kind: 'constant' },
    augment: [],
  },
  layers: [
    block('features', [conv(3, 3), relu()]),
    block('features2', [conv(3, 2)]),
    flatten({ call: true }),
    dense('classes', { name: 'head' }),
  ],
};

const data = inMemory({
  name: 'noise',
  classes: ['a', 'b'],
  labels: Uint8Array.of(0, 1, 0, 1),
  pixels: Uint8Array.from({ length: 64 }, (_, i) => (i * 97) % 256),
  height: 4,
  width: 4,
  channels: 1,
});

describe('frozen layers', () => {
  it('stay as they are, to the last bit, and the others learn', async () => {
    const model = buildModel(spec, { seed: 1 });
    const values = () => modelWeights(model).map(({ name, variable }) => [name, [...variable.dataSync()]] as const);
    const before = new Map(values());
    for await (const event of train(model, data, { freeze: ['features'] })) expect(event.type).not.toBe('error');
    const changed = values().flatMap(([name, now]) => (String(before.get(name)) === String(now) ? [] : [name]));
    expect(changed).toEqual(['features2.0.weight', 'features2.0.bias', 'head.weight', 'head.bias']);
  });

  it.each([
    ['their paths', ['features.0', 'head']],
    ["Caffe's names", ['conv1', 'FC_1']],
    ['those of the weights', ['features.0.weight', 'features.0.bias', 'logits']],
  ])('are named by %s', (_, names) => {
    expect(learnedWeights(buildModel(spec), names).map(({ name }) => name)).toEqual([
      'features2.0.weight',
      'features2.0.bias',
    ]);
  });

  it('are in the network, have weights, and leave something to learn', () => {
    const model = buildModel(spec);
    expect(() => learnedWeights(model, ['feature'])).toThrow(
      'feature: test/frozen has no such layer; did you mean features?',
    );
    expect(() => learnedWeights(model, ['relu1'])).toThrow(
      /freeze: relu1 has no weights in test-frozen\. Name one of features, features2, head, or a layer such as features\.0/,
    );
    expect(() => learnedWeights(model, ['features', 'features2', 'head'])).toThrow(
      /leaves nothing of test-frozen to learn/,
    );
  });
});
