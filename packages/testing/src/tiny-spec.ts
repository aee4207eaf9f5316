import { block, conv, dense, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';
import { plainRecipe } from './plain-recipe.ts';

/** A small network for tests: two towers, maps 3 high, 2 wide and 4 deep before the first dense layer, three classes. */
export const tinySpec: ModelSpec = {
  family: 'test',
  preset: 'tiny',
  title: 'A network for tests',
  source: 'this file',
  className: 'Tiny',
  input: [6, 5, 2],
  classes: 3,
  preprocessing: { range: 1, mean: [0, 0], std: [1, 1], channels: 'rgb' },
  init: { weight: { normal: 1 }, bias: { normal: 1 } },
  recipe: plainRecipe,
  layers: [
    block('features', [conv(4, 3, { padding: 1, groups: 2 }), relu(), maxPool(2, 2)]),
    flatten({ call: true }),
    block('classifier', [dense(7), relu(), dense('classes')]),
  ],
};
