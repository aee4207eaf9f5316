import { avgPool, block, conv, dense, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { cifar10Preprocessing } from './cifar10-preprocessing.ts';

/** Krizhevsky's small network for CIFAR-10 (cuda-convnet, layers-80sec), as Caffe's examples/cifar10/cifar10_quick has it. */
export const cifar10Quick: ModelSpec = {
  family: 'alexnet',
  preset: 'cifar10-quick',
  title: 'The small network for CIFAR-10, trained in minutes',
  source: 'cuda-convnet, layers-80sec; Caffe, examples/cifar10/cifar10_quick_train_test.prototxt',
  className: 'CIFAR10Quick',
  input: [32, 32, 3],
  classes: 10,
  preprocessing: cifar10Preprocessing,
  init: { weight: { normal: 0.01 }, bias: 0 },
  multipliers: { learningRate: { weight: 1, bias: 2 }, weightDecay: { weight: 1, bias: 1 } },
  recipe: {
    source: 'Caffe, examples/cifar10/cifar10_quick_solver.prototxt: 8 epochs at 0.001, 2 at 0.0001',
    examples: 50_000,
    epochs: 10,
    batchSize: 100,
    optimizer: { kind: 'sgd', learningRate: 0.001, momentum: 0.9, weightDecay: 0.004, convention: 'caffe' },
    schedule: { kind: 'step', after: [8], factor: 0.1 },
    augment: [],
  },
  layers: [
    block('features', [
      conv(32, 5, { caffe: 'conv1', padding: 2, init: { weight: { normal: 0.0001 } } }),
      maxPool(3, 2, { caffe: 'pool1', ceil: true }), // 32 -> 16
      relu(),
      conv(32, 5, { caffe: 'conv2', padding: 2 }),
      relu(),
      avgPool(3, 2, { caffe: 'pool2', ceil: true }), // 16 -> 8
      conv(64, 5, { caffe: 'conv3', padding: 2 }),
      relu(),
      avgPool(3, 2, { caffe: 'pool3', ceil: true }), // 8 -> 4
    ]),
    flatten({ call: true }),
    block('classifier', [
      dense(64, { caffe: 'ip1', init: { weight: { normal: 0.1 } } }),
      dense('classes', { caffe: 'ip2', init: { weight: { normal: 0.1 } } }),
    ]),
  ],
};
