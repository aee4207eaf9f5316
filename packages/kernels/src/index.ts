export { pooledSize } from '@zoo/core';
export { type AdamRates, updateWithAdam } from './adam-update.ts';
export { avgPool2d } from './avg-pool2d.ts';
export { fullyConnected } from './fully-connected.ts';
export { type ConvOptions, groupedConv2d } from './grouped-conv2d.ts';
export { type LrnConvention, type LrnOptions, localResponseNormalization } from './local-response-normalization.ts';
export { maxPool2d } from './max-pool2d.ts';
export { type MomentumRates, updateWithMomentum } from './momentum-update.ts';
export type { PoolOptions } from './pool-geometry.ts';
