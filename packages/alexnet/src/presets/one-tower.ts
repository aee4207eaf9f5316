import { block, conv, dense, dropout, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { imagenetPreprocessing } from './imagenet-preprocessing.ts';
import { torchvisionRecipe } from './torchvision-recipe.ts';

/** torchvision's layer sizes with dropout behind each hidden layer's ReLU, as in the paper, and no adaptive pooling. */
export const oneTower: ModelSpec = {
  family: 'alexnet',
  preset: 'one-tower',
  title: 'One tower, dropout after the ReLU',
  source: 'A tutorial implementation in PyTorch (2024)',
  className: 'AlexNet',
  input: [224, 224, 3],
  classes: 1000,
  preprocessing: imagenetPreprocessing,
  init: { weight: 'fan-in-uniform', bias: 'fan-in-uniform' },
  recipe: torchvisionRecipe,
  layers: [
    block('features', [
      conv(64, 11, { stride: 4, padding: 2 }), // 224 -> 55
      relu(),
      maxPool(3, 2), // 55 -> 27
      conv(192, 5, { padding: 2 }),
      relu(),
      maxPool(3, 2), // 27 -> 13
      conv(384, 3, { padding: 1 }),
      relu(),
      conv(256, 3, { padding: 1 }),
      relu(),
      conv(256, 3, { padding: 1 }),
      relu(),
      maxPool(3, 2), // 13 -> 6
    ]),
    flatten({ call: true }),
    block('classifier', [dense(4096), relu(), dropout(0.5), dense(4096), relu(), dropout(0.5), dense('classes')]),
  ],
};
