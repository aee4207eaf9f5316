import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** The one output of a layer for one tensor. */
export function applyTo(layer: tfl.layers.Layer, x: tf.Tensor, training = false): tf.Tensor {
  const y = layer.apply(x, { training });
  if (y instanceof tf.Tensor) return y;
  throw new Error('one tensor expected');
}
