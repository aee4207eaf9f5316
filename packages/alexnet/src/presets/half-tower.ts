import { block, conv, dense, dropout, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { imagenetPreprocessing } from './imagenet-preprocessing.ts';
import { torchvisionRecipe } from './torchvision-recipe.ts';

/** The half of the paper's network that one of its two GPUs held, with full fully connected layers. */
export const halfTower: ModelSpec = {
  family: 'alexnet',
  preset: 'half-tower',
  title: "One GPU's half of the paper's network",
  source: 'A tutorial implementation in PyTorch, after Qiu, Neural Networks and Deep Learning',
  className: 'AlexNet',
  input: [224, 224, 3],
  classes: 1000,
  preprocessing: imagenetPreprocessing,
  init: { weight: 'fan-in-uniform', bias: 'fan-in-uniform' },
  recipe: torchvisionRecipe,
  layers: [
    block('features', [
      conv(48, 11, { stride: 4, padding: 3 }), // 224 -> 55
      relu(),
      maxPool(3, 2), // 55 -> 27
      conv(128, 5, { padding: 2 }),
      relu(),
      maxPool(3, 2), // 27 -> 13
      conv(192, 3, { padding: 1 }),
      relu(),
      conv(192, 3, { padding: 1 }),
      relu(),
      conv(128, 3, { padding: 1 }),
      relu(),
      maxPool(3, 2), // 13 -> 6
    ]),
    flatten({ call: true }),
    block('classifier', [dropout(0.5), dense(4096), relu(), dropout(0.5), dense(4096), relu(), dense('classes')]),
  ],
};
