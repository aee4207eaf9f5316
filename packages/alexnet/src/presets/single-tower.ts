import { block, conv, dense, dropout, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { torchvisionRecipe } from './torchvision-recipe.ts';

/** The paper's widths in one ungrouped tower without normalisation, made for one channel and ten classes: `AlextNet(1, 10)`. */
export const singleTower: ModelSpec = {
  family: 'alexnet',
  preset: 'single-tower',
  title: "The paper's widths, ungrouped, for pictures of one channel",
  source: 'A tutorial implementation in PyTorch, AlextNet(in_channel, n_class)',
  className: 'AlextNet',
  input: [227, 227, 1],
  classes: 10,
  preprocessing: { range: 1, mean: [0.5], std: [0.5], channels: 'rgb' },
  init: { weight: 'fan-in-uniform', bias: 'fan-in-uniform' },
  recipe: { ...torchvisionRecipe, epochs: 10, augment: [] },
  layers: [
    block('conv1', [
      conv(96, 11, { stride: 4 }), // 227 -> 55
      relu(),
      maxPool(3, 2), // 55 -> 27
    ]),
    block('conv2', [
      conv(256, 5, { padding: 2 }),
      relu(),
      maxPool(3, 2), // 27 -> 13
    ]),
    block('conv3', [
      conv(384, 3, { padding: 1 }),
      relu(),
      conv(384, 3, { padding: 1 }),
      relu(),
      conv(256, 3, { padding: 1 }),
      relu(),
      maxPool(3, 2), // 13 -> 6
    ]),
    flatten({ call: true }),
    block('fc', [dense(4096), relu(), dropout(0.5), dense(4096), relu(), dropout(0.5), dense('classes')]),
  ],
};
