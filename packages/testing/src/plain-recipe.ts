import type { Recipe } from '@zoo/spec';

/** The least that a network for tests can be trained by. */
export const plainRecipe: Recipe = {
  source: 'this file',
  epochs: 1,
  batchSize: 1,
  optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0, weightDecay: 0, convention: 'pytorch' },
  schedule: { kind: 'constant' },
  augment: [],
};
