import { block, conv, dense, dropout, flatten, lrn, type ModelSpec, maxPool, relu } from '@zoo/spec';

/**
 * Figure 3: "contrast normalized across feature maps". The paper gives no numbers; these are those of Krizhevsky et al. 2012,
 * section 3.3, whose network it takes over and changes.
 */
const contrast = { size: 5, alpha: 1e-4, beta: 0.75, k: 2, convention: 'tensorflow' } as const;

/**
 * Visualizing and Understanding Convolutional Networks (Zeiler and Fergus, ECCV 2014, arXiv:1311.2901), figure 3.
 * The figure gives sizes and no padding: 224 -> 110 takes 1 pixel around the picture, 110 -> 55 and 26 -> 13 pools that round up.
 */
export const zfnet: ModelSpec = {
  family: 'zfnet',
  preset: 'zfnet',
  title: 'ZFNet as published: 7×7 filters with stride 2 first, contrast normalisation',
  source: 'Zeiler and Fergus, ECCV 2014; arXiv:1311.2901',
  className: 'ZFNet',
  input: [224, 224, 3],
  classes: 1000,
  // Section 3.1 subtracts the mean picture; the mean colour stands for it.
  preprocessing: {
    resizeShorterSide: 256,
    range: 255,
    mean: [123.68, 116.779, 103.939],
    std: [1, 1, 1],
    channels: 'rgb',
  },
  init: { weight: { normal: 0.01 }, bias: 0 },
  recipe: {
    source:
      'Section 3.1: 70 epochs, the rate lowered by hand when the validation error stalls; without its limit on the size of filters',
    examples: 1_300_000,
    epochs: 70,
    batchSize: 128,
    optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9, weightDecay: 0, convention: 'caffe' },
    schedule: { kind: 'plateau', patience: 5, factor: 0.1 },
    augment: [
      { kind: 'randomCrop', padding: 0 },
      { kind: 'horizontalFlip', probability: 0.5 },
    ],
  },
  layers: [
    block('features', [
      conv(96, 7, { stride: 2, padding: 1 }), // 224 -> 110
      relu(),
      maxPool(3, 2, { ceil: true }), // 110 -> 55
      lrn(contrast),
      conv(256, 5, { stride: 2 }), // 55 -> 26
      relu(),
      maxPool(3, 2, { ceil: true }), // 26 -> 13
      lrn(contrast),
      conv(384, 3, { padding: 1 }),
      relu(),
      conv(384, 3, { padding: 1 }),
      relu(),
      conv(256, 3, { padding: 1 }),
      relu(),
      maxPool(3, 2, { ceil: true }), // 13 -> 6
    ]),
    flatten({ call: true }),
    block('classifier', [dense(4096), relu(), dropout(0.5), dense(4096), relu(), dropout(0.5), dense('classes')]),
  ],
};
