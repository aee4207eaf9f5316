import { avgPool, block, conv, dense, flatten, lrn, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { cifar10Preprocessing } from './cifar10-preprocessing.ts';

/** Normalisation within a channel: cuda-convnet's `rnorm`, Caffe's WITHIN_CHANNEL. */
const withinChannel = {
  size: 3,
  alpha: 5e-5,
  beta: 0.75,
  k: 1,
  convention: 'caffe',
  region: 'within-channel',
} as const;

/** Krizhevsky's larger network for CIFAR-10 (cuda-convnet, layers-18pct), as Caffe's examples/cifar10/cifar10_full has it. */
export const cifar10Full: ModelSpec = {
  family: 'alexnet',
  preset: 'cifar10-full',
  title: 'The network for CIFAR-10 with normalisation within channels',
  source: 'cuda-convnet, layers-18pct; Caffe, examples/cifar10/cifar10_full_train_test.prototxt',
  className: 'CIFAR10Full',
  input: [32, 32, 3],
  classes: 10,
  preprocessing: cifar10Preprocessing,
  init: { weight: { normal: 0.01 }, bias: 0 },
  multipliers: { learningRate: { weight: 1, bias: 2 }, weightDecay: { weight: 1, bias: 1 } },
  recipe: {
    source: 'Caffe, examples/cifar10/cifar10_full_solver.prototxt: 120 epochs at 0.001, 10 at 0.0001, 10 at 0.00001',
    examples: 50_000,
    epochs: 140,
    batchSize: 100,
    optimizer: { kind: 'sgd', learningRate: 0.001, momentum: 0.9, weightDecay: 0.004, convention: 'caffe' },
    schedule: { kind: 'step', after: [120, 130], factor: 0.1 },
    augment: [],
  },
  layers: [
    block('features', [
      conv(32, 5, { caffe: 'conv1', padding: 2, init: { weight: { normal: 0.0001 } } }),
      maxPool(3, 2, { caffe: 'pool1', ceil: true }), // 32 -> 16
      relu(),
      lrn({ caffe: 'norm1', ...withinChannel }),
      conv(32, 5, { caffe: 'conv2', padding: 2 }),
      relu(),
      avgPool(3, 2, { caffe: 'pool2', ceil: true }), // 16 -> 8
      lrn({ caffe: 'norm2', ...withinChannel }),
      conv(64, 5, {
        caffe: 'conv3',
        padding: 2,
        multipliers: { learningRate: { weight: 1, bias: 1 }, weightDecay: { weight: 1, bias: 1 } },
      }),
      relu(),
      avgPool(3, 2, { caffe: 'pool3', ceil: true }), // 8 -> 4
    ]),
    flatten({ call: true }),
    block('classifier', [
      dense('classes', {
        caffe: 'ip1',
        multipliers: { learningRate: { weight: 1, bias: 2 }, weightDecay: { weight: 250, bias: 0 } },
      }),
    ]),
  ],
};
