import type { ModelSpec } from '@zoo/spec';
import type { RunRecord } from '../../apps/cli/src/run/run-record.ts';

/** A network that is built in no time. */
export const smallSpec: ModelSpec = {
  family: 'test',
  preset: 'small',
  title: 'For tests',
  source: 'This file',
  className: 'Small',
  input: [8, 8, 3],
  classes: 2,
  preprocessing: { range: 255, mean: [0, 0, 0], std: [1, 1, 1], channels: 'rgb' },
  init: { weight: 0, bias: 0 },
  recipe: {
    source: 'This file',
    epochs: 1,
    batchSize: 1,
    optimizer: { kind: 'sgd', learningRate: 1, momentum: 0, weightDecay: 0, convention: 'caffe' },
    schedule: { kind: 'constant' },
    augment: [],
  },
  layers: [
    { kind: 'conv', filters: 2, kernel: 3, stride: 1, padding: 0, groups: 1, name: 'conv1' },
    { kind: 'relu' },
    { kind: 'flatten', call: true },
    { kind: 'dense', units: 'classes' },
  ],
};

/** The record of a run of it. */
export const runRecord: RunRecord = {
  state: 'finished',
  preset: 'test/small',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  commands: [['train', 'test/small']],
  machine: { system: 'Linux', processor: 'one', threads: 1, memory: 1 },
  data: { given: 'cats', name: 'cats', classes: ['cat', 'dog'], training: 1, test: 1 },
  options: { recipe: smallSpec.recipe, seed: 1 },
  versions: { zoo: '0.0.0', tfjs: '4.22.0', node: '20.0.0', backend: 'cpu' },
  epochs: [
    {
      epoch: 1,
      loss: 1,
      accuracy: 0.5,
      learningRate: 0.1,
      seconds: 1,
      imagesPerSecond: 1,
      validation: { loss: 1, top1: 0.5, top5: 1, examples: 2 },
    },
  ],
  steps: [{ epoch: 1, loss: 1, accuracy: 0.5, learningRate: 0.1, examples: 1, seconds: 1 }],
  evaluation: {
    loss: 1,
    top1: 0.5,
    top5: 1,
    examples: 2,
    confusion: [
      [1, 0],
      [1, 0],
    ],
  },
  spec: smallSpec,
};
