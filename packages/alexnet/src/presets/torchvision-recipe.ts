import type { Recipe } from '@zoo/spec';

/**
 * torchvision's own recipe for AlexNet (references/classification/README.md). Its batch of 32 is for each of 8 GPUs, so that
 * torchvision took 256 pictures a step, at the learning rate given here.
 */
export const torchvisionRecipe: Recipe = {
  source: 'torchvision, references/classification/README.md: AlexNet and VGG',
  examples: 1_281_167,
  epochs: 90,
  batchSize: 32,
  optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9, weightDecay: 0.0001, convention: 'pytorch' },
  schedule: { kind: 'step', after: [30, 60], factor: 0.1 },
  augment: [
    { kind: 'randomResizedCrop', scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
    { kind: 'horizontalFlip', probability: 0.5 },
  ],
};
