import * as tf from '@tensorflow/tfjs-core';
import { AdaptiveAveragePooling2D } from './adaptive-average-pooling.ts';
import { BatchNormalization } from './batch-normalization.ts';
import { Dropout } from './dropout.ts';
import { EuclideanRBF } from './euclidean-rbf.ts';
import { Flatten } from './flatten.ts';
import { FullyConnected } from './fully-connected.ts';
import { GroupedConv2D } from './grouped-conv2d.ts';
import { LocalResponseNormalization } from './local-response-normalization.ts';
import { PartialConv2D } from './partial-conv2d.ts';
import { AveragePooling2D, MaxPooling2D } from './pooling.ts';
import { Subsampling2D } from './subsampling.ts';
import { Tanh } from './tanh.ts';

const layers = [
  AdaptiveAveragePooling2D,
  BatchNormalization,
  Dropout,
  EuclideanRBF,
  Flatten,
  FullyConnected,
  GroupedConv2D,
  LocalResponseNormalization,
  PartialConv2D,
  AveragePooling2D,
  MaxPooling2D,
  Subsampling2D,
  Tanh,
];

/**
 * Registers the layers with tfjs, so that `loadLayersModel` can load saved models. `import '@zoo/layers'` and `buildModel` call it;
 * calling it again changes nothing.
 */
export function registerLayers(): void {
  for (const layer of layers) tf.serialization.registerClass(layer);
}
