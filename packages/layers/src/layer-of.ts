import * as tfl from '@tensorflow/tfjs-layers';
import { deriveSeed } from '@zoo/core';
import type { ShapedLayer } from '@zoo/spec';
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

/** The tf.layers layer that computes a layer of a spec. */
export function layerOf({ path: name, layer, output }: ShapedLayer, seed: number, position: number): tfl.layers.Layer {
  switch (layer.kind) {
    case 'conv': {
      const { filters, kernel: kernelSize, stride, padding, groups, connections } = layer;
      if (connections) return new PartialConv2D({ name, connections, kernelSize, stride, padding });
      return new GroupedConv2D({ name, filters, kernelSize, stride, padding, groups });
    }
    case 'dense':
      return new FullyConnected({ name, units: output[0] });
    case 'relu':
      return tfl.layers.reLU({ name });
    case 'tanh':
      return new Tanh({ name, amplitude: layer.amplitude, gain: layer.gain });
    case 'subsample':
      return new Subsampling2D({ name, size: layer.size });
    case 'rbf':
      return new EuclideanRBF({ name, codes: layer.codes.slice(0, output[0]) });
    case 'lrn': {
      const { size, alpha, beta, k, convention, region } = layer;
      return new LocalResponseNormalization({ name, size, alpha, beta, k, convention, region });
    }
    case 'maxPool':
    case 'avgPool': {
      const { size, stride, padding, ceil } = layer;
      const Pooling = layer.kind === 'maxPool' ? MaxPooling2D : AveragePooling2D;
      return new Pooling({ name, size, stride, padding, ceil });
    }
    case 'adaptiveAvgPool':
      return new AdaptiveAveragePooling2D({ name, size: layer.size });
    case 'batchNorm':
      return new BatchNormalization({ name, epsilon: layer.epsilon, momentum: layer.momentum });
    case 'dropout':
      return new Dropout({ name, rate: layer.rate, seed: deriveSeed(seed, position) });
    case 'flatten':
      return new Flatten({ name });
  }
}
