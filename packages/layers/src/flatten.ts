import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { singleInput } from './single-input.ts';

const product = (sizes: readonly (number | null)[]): number =>
  sizes.reduce<number>((size, next) => size * (next ?? 0), 1);

/**
 * `torch.flatten(x, 1)`: maps `[batch, height, width, channels]` become vectors that run over channels, height and width, as in
 * PyTorch and Caffe, so that the following dense layer uses the weights of their checkpoints as they are. `tf.layers.flatten`
 * runs over height, width and channels. Vectors pass unchanged.
 */
export class Flatten extends tfl.layers.Layer {
  static readonly className = 'ZooFlatten';

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const [batch = null, ...sizes] = inputShape.flat();
    const size = product(sizes);
    if ((sizes.length !== 1 && sizes.length !== 3) || size === 0)
      throw new ZooError(
        'spec',
        `${this.name}: needs maps [batch, height, width, channels] or vectors of known size, got [${inputShape}]. Give the model an input size.`,
      );
    return [batch, size];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = singleInput(this.name, inputs);
    const [, size] = this.computeOutputShape(x.shape);
    return tf.tidy(() => tf.reshape(x.rank === 4 ? tf.transpose(x, [0, 3, 1, 2]) : x, [-1, size ?? 0]));
  }
}
