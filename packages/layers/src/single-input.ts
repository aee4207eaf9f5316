import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';

const isMaps = (x: tf.Tensor): x is tf.Tensor4D => x.rank === 4;

/** The one input of a layer. */
export function singleInput(layer: string, inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  const [x, ...more] = Array.isArray(inputs) ? inputs : [inputs];
  if (x && more.length === 0) return x;
  throw new ZooError('data', `${layer}: takes one tensor, got ${x ? more.length + 1 : 0}. Join them before it.`);
}

/** The one input of a layer on maps, `[batch, height, width, channels]`. */
export function singleMaps(layer: string, inputs: tf.Tensor | tf.Tensor[]): tf.Tensor4D {
  const x = singleInput(layer, inputs);
  if (isMaps(x)) return x;
  throw new ZooError(
    'data',
    `${layer}: needs maps [batch, height, width, channels], got [${x.shape}]. Add the missing axes.`,
  );
}

/** Height, width and channels of the one input shape of a layer on maps; the batch may be unknown, they may not. */
export function singleMapsShape(layer: string, shapes: tfl.Shape | tfl.Shape[]): [number, number, number] {
  const shape = shapes.flat();
  const [, height, width, channels] = shape;
  if (shape.length === 4 && height && width && channels) return [height, width, channels];
  throw new ZooError(
    'spec',
    `${layer}: needs maps [batch, height, width, channels] of known size, got [${shape}]. Give the model an input size.`,
  );
}
