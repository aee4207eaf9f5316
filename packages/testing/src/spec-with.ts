import { dense, flatten, type ModelSpec, type Node } from '@zoo/spec';
import { plainRecipe } from './plain-recipe.ts';

/** A network for tests: the given layers, flattened into two classes. */
export const specWith = (
  layers: readonly Node[],
  input: readonly [number, number, number],
  change: Partial<ModelSpec> = {},
): ModelSpec => ({
  family: 'test',
  preset: 'layers',
  title: 'Layers under test',
  source: 'This file',
  className: 'Layers',
  input,
  classes: 2,
  preprocessing: {
    range: 1,
    mean: Array.from({ length: input[2] }, () => 0.5),
    std: Array.from({ length: input[2] }, () => 0.25),
    channels: 'rgb',
  },
  init: { weight: { normal: 0.1 }, bias: 0 },
  recipe: plainRecipe,
  layers: [...layers, flatten({ call: true, name: 'to-vector' }), dense('classes', { name: 'head' })],
  ...change,
});
