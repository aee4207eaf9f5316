import { block, conv, dense, dropout, flatten, lrn, type ModelSpec, maxPool, relu } from '@zoo/spec';

/** Caffe's LRN divides `alpha` by the number of neighbours; `k` is its default. */
const caffeLrn = { size: 5, alpha: 1e-4, beta: 0.75, k: 1, convention: 'caffe' } as const;

/**
 * Where the prototxt of the reference model says 1, BVLC's later AlexNet has 0.1: "initialization to 1 gave flat loss"
 * (models/bvlc_alexnet/readme.md). The zoo takes the value that trains.
 */
const biasTenth = { init: { bias: 0.1 } };
const hiddenDense = { init: { weight: { normal: 0.005 }, bias: 0.1 } };

/** BVLC's reference CaffeNet (caffe, models/bvlc_reference_caffenet): the paper's network with pooling before normalisation. */
export const caffenet: ModelSpec = {
  family: 'alexnet',
  preset: 'caffenet',
  title: "BVLC's CaffeNet: pooling before normalisation",
  source: 'Caffe, models/bvlc_reference_caffenet',
  className: 'CaffeNet',
  input: [227, 227, 3],
  classes: 1000,
  preprocessing: { resizeShorterSide: 256, range: 255, mean: [104, 117, 123], std: [1, 1, 1], channels: 'bgr' },
  init: { weight: { normal: 0.01 }, bias: 0 },
  multipliers: { learningRate: { weight: 1, bias: 2 }, weightDecay: { weight: 1, bias: 0 } },
  recipe: {
    source: 'Caffe, models/bvlc_reference_caffenet/solver.prototxt (450,000 iterations; the rate falls every 100,000)',
    examples: 1_281_167,
    epochs: 90,
    batchSize: 256,
    optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9, weightDecay: 0.0005, convention: 'caffe' },
    schedule: { kind: 'step', after: [20, 40, 60, 80], factor: 0.1 },
    augment: [
      { kind: 'randomCrop', padding: 0 },
      { kind: 'horizontalFlip', probability: 0.5 },
    ],
  },
  layers: [
    block('features', [
      conv(96, 11, { caffe: 'conv1', stride: 4 }), // 227 -> 55
      relu(),
      maxPool(3, 2, { caffe: 'pool1', ceil: true }), // 55 -> 27
      lrn({ caffe: 'norm1', ...caffeLrn }),
      conv(256, 5, { caffe: 'conv2', padding: 2, groups: 2, ...biasTenth }),
      relu(),
      maxPool(3, 2, { caffe: 'pool2', ceil: true }), // 27 -> 13
      lrn({ caffe: 'norm2', ...caffeLrn }),
      conv(384, 3, { caffe: 'conv3', padding: 1 }),
      relu(),
      conv(384, 3, { caffe: 'conv4', padding: 1, groups: 2, ...biasTenth }),
      relu(),
      conv(256, 3, { caffe: 'conv5', padding: 1, groups: 2, ...biasTenth }),
      relu(),
      maxPool(3, 2, { caffe: 'pool5', ceil: true }), // 13 -> 6
    ]),
    flatten({ call: true }),
    block('classifier', [
      dense(4096, { caffe: 'fc6', ...hiddenDense }),
      relu(),
      dropout(0.5),
      dense(4096, { caffe: 'fc7', ...hiddenDense }),
      relu(),
      dropout(0.5),
      dense('classes', { caffe: 'fc8' }),
    ]),
  ],
};
