import { adaptiveAvgPool, block, conv, dense, dropout, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { imagenetPreprocessing } from './imagenet-preprocessing.ts';
import { torchvisionRecipe } from './torchvision-recipe.ts';

/** torchvision's `alexnet` (torchvision/models/alexnet.py): "One weird trick for parallelizing CNNs" (Krizhevsky 2014), one tower. */
export const torchvision: ModelSpec = {
  family: 'alexnet',
  preset: 'torchvision',
  title: "torchvision's alexnet: one tower, no normalisation",
  source: 'torchvision/models/alexnet.py; Krizhevsky, arXiv:1404.5997',
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
    adaptiveAvgPool(6, { name: 'avgpool' }),
    flatten({ call: true }),
    block('classifier', [dropout(0.5), dense(4096), relu(), dropout(0.5), dense(4096), relu(), dense('classes')]),
  ],
};
