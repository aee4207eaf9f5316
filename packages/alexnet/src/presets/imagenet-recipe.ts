import type { Recipe } from '@zoo/spec';

/** How the paper trains (section 5), with its augmentation (section 4.1): 90 epochs, the rate divided by 10 when learning stalls. */
export const imagenetRecipe: Recipe = {
  source: 'Krizhevsky, Sutskever and Hinton, NIPS 2012, sections 4.1 and 5',
  examples: 1_200_000,
  epochs: 90,
  batchSize: 128,
  optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9, weightDecay: 0.0005, convention: 'caffe' },
  schedule: { kind: 'plateau', patience: 5, factor: 0.1 },
  augment: [
    { kind: 'randomCrop', padding: 0 },
    { kind: 'horizontalFlip', probability: 0.5 },
    { kind: 'pcaColour', deviation: 0.1 },
  ],
};
