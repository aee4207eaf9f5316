import type { BatchOptions } from '@zoo/loaders';

/** Of the shards, in Node and in a page. */
export const shardBatches = {
  batchSize: 4,
  shuffle: true,
  seed: 5,
  epoch: 1,
  workers: 0,
  transforms: [
    { kind: 'randomResizedCrop', height: 12, width: 12 },
    { kind: 'horizontalFlip' },
    { kind: 'normalize', mean: [0.5], std: [0.25] },
  ],
} as const satisfies BatchOptions;
