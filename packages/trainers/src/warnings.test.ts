import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { beforeAll, describe, expect, it } from 'vitest';
import { type EpochEvent, sgd, train, warningText } from './index.ts';
import { chanceLoss, flatLoss, oneClassOnly } from './warnings.ts';

const evaluation = (confusion: number[][]) => ({
  examples: confusion.flat().reduce((sum, count) => sum + count, 0),
  confusion,
});

describe('oneClassOnly', () => {
  const classes = ['cat', 'dog'];

  it.each([
    [
      'all cats',
      [
        [1000, 0],
        [1000, 0],
      ],
      'cat',
    ],
    [
      'all dogs',
      [
        [0, 2],
        [0, 2],
      ],
      'dog',
    ],
    [
      'one picture of another',
      [
        [1000, 0],
        [999, 1],
      ],
      undefined,
    ],
    [
      'pictures of one class only',
      [
        [50, 0],
        [0, 0],
      ],
      undefined,
    ],
    [
      'too few to tell',
      [
        [2, 0],
        [1, 0],
      ],
      undefined,
    ],
  ])('%s', (_, confusion, label) => {
    expect(
      oneClassOnly(evaluation(confusion), classes).map((warning) => warning.kind === 'one-class' && warning.label),
    ).toEqual(label === undefined ? [] : [label]);
  });

  it('says it in words', () => {
    const [warning] = oneClassOnly(
      evaluation([
        [1000, 0],
        [1000, 0],
      ]),
      classes,
    );
    expect(warning && warningText(warning)).toMatch(
      /^every one of the 2,000 test pictures is classified as cat: the network does not distinguish the classes\. Try another optimiser \(adam\)/,
    );
  });
});

const pictures = (labels: number[]) =>
  inMemory({
    name: 'noise',
    classes: ['a', 'b', 'c'],
    labels: Uint8Array.from(labels),
    pixels: Uint8Array.from({ length: labels.length * 16 }, () => 200),
    height: 4,
    width: 4,
    channels: 1,
  });

describe('flatLoss', () => {
  it('compares with guessing by how frequent the classes are', () => {
    expect(chanceLoss(pictures([0, 1, 2]))).toBeCloseTo(Math.log(3), 6);
    expect(chanceLoss(pictures([0, 0, 0, 1]))).toBeCloseTo(0.5623, 4);
  });

  it.each([
    ['too early to tell', [0.69, 0.69], false],
    ['flat from the beginning', [0.7, 0.69, 0.692], true],
    ['fallen late', [0.69, 0.69, 0.6], false],
    ['fallen, then overfitted', [0.5, 0.9, 1.2], false],
  ])('%s', (_, losses, expected) => {
    const warnings = flatLoss(losses, Math.log(2));
    expect(warnings.length > 0).toBe(expected);
    if (warnings[0])
      expect(warningText(warnings[0])).toMatch(
        /^after 3 epochs the loss is 0\.692, at chance level \(0\.693\): the network has learned nothing yet\./,
      );
  });
});

describe('train', () => {
  beforeAll(() => tf.setBackend('wasm'));

  it('warns of a network that learns nothing, and of nothing else', async () => {
    const spec = specWith([relu()], [4, 4, 1], { classes: 3 });
    // Pictures that are all alike cannot be told apart.
    const data = pictures([0, 0, 1, 1, 2, 2]);
    const epochs: EpochEvent[] = [];
    const options = { epochs: 3, batchSize: 6, validation: data, optimizer: sgd({ learningRate: 1e-4 }) };
    for await (const event of train(buildModel(spec, { seed: 1 }), data, options))
      if (event.type === 'epoch') epochs.push(event);
    expect(epochs.map(({ warnings = [] }) => warnings.map(({ kind }) => kind))).toEqual([
      ['one-class'],
      ['one-class'],
      ['one-class', 'flat-loss'],
    ]);
  });
});
