import type { Preprocessing } from '@zoo/spec';

/** torchvision's ImageNet statistics, on pixels from 0 to 1. */
export const imagenetPreprocessing: Preprocessing = {
  resizeShorterSide: 256,
  range: 1,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
  channels: 'rgb',
};
