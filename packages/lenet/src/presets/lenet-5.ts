import { conv, dense, flatten, type ModelSpec, rbf, subsample, tanh } from '@zoo/spec';
import { digitCodes } from './digit-codes.ts';

/** Appendix A: f(a) = A·tanh(S·a), with A and S such that f(±1) = ±1. */
const squash = (name: string) => tanh({ name, amplitude: 1.7159, gain: 2 / 3 });

/** Table I: for each map of C3, the maps of S2 that it sees. */
const tableI = '012 123 234 345 045 015 0123 1234 2345 0345 0145 0125 0134 1245 0235 012345'
  .split(' ')
  .map((maps) => [...maps].map(Number));

/**
 * Gradient-Based Learning Applied to Document Recognition (LeCun, Bottou, Bengio and Haffner, Proceedings of the IEEE, 1998),
 * section II.B and figure 2. Layers bear the paper's names. MNIST's 28×28 digits stand in the middle of 32×32.
 */
export const lenet5: ModelSpec = {
  family: 'lenet',
  preset: 'lenet-5',
  title: 'LeNet-5 as published: trainable subsampling, partial connections, RBF outputs',
  source: 'LeCun, Bottou, Bengio and Haffner, Proceedings of the IEEE 86(11), 1998',
  className: 'LeNet5',
  input: [32, 32, 1],
  classes: 10,
  // Section II.B: "the value -0.1 corresponds to the background and 1.175 to the foreground".
  preprocessing: { padding: 2, range: 1, mean: [0.1 / 1.275], std: [1 / 1.275], channels: 'rgb' },
  init: { weight: { uniformOverFanIn: 2.4 }, bias: { uniformOverFanIn: 2.4 } },
  recipe: {
    source:
      "Found here, in place of the paper's stochastic diagonal Levenberg-Marquardt; shifts by a pixel stand for its distortions",
    examples: 60_000,
    epochs: 15,
    batchSize: 32,
    optimizer: { kind: 'sgd', learningRate: 0.003, momentum: 0.9, weightDecay: 0, convention: 'pytorch' },
    schedule: { kind: 'cosine', warmup: 0.05 },
    augment: [{ kind: 'randomCrop', padding: 1 }],
  },
  layers: [
    conv(6, 5, { name: 'c1' }), // 32 -> 28
    squash('c1_squash'),
    subsample(2, { name: 's2' }), // 28 -> 14
    squash('s2_squash'),
    conv(16, 5, { name: 'c3', connections: tableI }), // 14 -> 10
    squash('c3_squash'),
    subsample(2, { name: 's4' }), // 10 -> 5
    squash('s4_squash'),
    conv(120, 5, { name: 'c5' }), // 5 -> 1
    squash('c5_squash'),
    flatten({ call: true }),
    dense(84, { name: 'f6' }),
    squash('f6_squash'),
    rbf(digitCodes, { name: 'output' }),
  ],
};
