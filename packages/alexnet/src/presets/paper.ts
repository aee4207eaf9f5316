import { block, conv, dense, dropout, flatten, lrn, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { imagenetRecipe } from './imagenet-recipe.ts';

/** Section 3.3, with `alpha` on the sum itself, as the paper's formula has it. */
const paperLrn = { size: 5, alpha: 1e-4, beta: 0.75, k: 2, convention: 'tensorflow' } as const;

/** Section 5: "biases in the second, fourth, and fifth convolutional layers, as well as in the fully-connected hidden layers, with the constant 1". */
const biasOne = { init: { bias: 1 } };

/**
 * ImageNet Classification with Deep Convolutional Neural Networks (Krizhevsky, Sutskever and Hinton, NIPS 2012).
 * The two GPUs' towers are groups. Figure 2 says 224; its 55×55 maps need 227, or cuda-convnet's implicit padding.
 */
export const paper: ModelSpec = {
  family: 'alexnet',
  preset: 'paper',
  title: 'AlexNet as published: two towers, local response normalisation',
  source: 'Krizhevsky, Sutskever and Hinton, NIPS 2012',
  className: 'AlexNet',
  input: [227, 227, 3],
  classes: 1000,
  preprocessing: {
    resizeShorterSide: 256,
    range: 255,
    mean: [123.68, 116.779, 103.939],
    std: [1, 1, 1],
    channels: 'rgb',
  },
  init: { weight: { normal: 0.01 }, bias: 0 },
  recipe: imagenetRecipe,
  layers: [
    block('features', [
      conv(96, 11, { caffe: 'conv1', stride: 4 }), // 227 -> 55
      relu(),
      lrn({ caffe: 'norm1', ...paperLrn }),
      maxPool(3, 2, { caffe: 'pool1' }), // 55 -> 27
      conv(256, 5, { caffe: 'conv2', padding: 2, groups: 2, ...biasOne }),
      relu(),
      lrn({ caffe: 'norm2', ...paperLrn }),
      maxPool(3, 2, { caffe: 'pool2' }), // 27 -> 13
      conv(384, 3, { caffe: 'conv3', padding: 1 }),
      relu(),
      conv(384, 3, { caffe: 'conv4', padding: 1, groups: 2, ...biasOne }),
      relu(),
      conv(256, 3, { caffe: 'conv5', padding: 1, groups: 2, ...biasOne }),
      relu(),
      maxPool(3, 2, { caffe: 'pool5' }), // 13 -> 6
    ]),
    flatten({ call: true }),
    block('classifier', [
      dense(4096, { caffe: 'fc6', ...biasOne }),
      relu(),
      dropout(0.5),
      dense(4096, { caffe: 'fc7', ...biasOne }),
      relu(),
      dropout(0.5),
      dense('classes', { caffe: 'fc8' }),
    ]),
  ],
};
