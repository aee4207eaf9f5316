import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { avgPool2d } from '@zoo/kernels';
import { singleMaps, singleMapsShape } from './single-input.ts';

/**
 * `y = weight · Σ window + bias` over `size`×`size` windows side by side, with a weight and a bias a channel
 * (LeCun et al. 1998, section II.B: S2 and S4 of LeNet-5).
 * Weights, both `[channels]` and 0 until set: kernel, bias.
 */
export class Subsampling2D extends tfl.layers.Layer {
  static readonly className = 'ZooSubsampling2D';
  private readonly size: number;
  private variables: { kernel: tfl.LayerVariable; bias: tfl.LayerVariable } | undefined;

  constructor({ size, ...layer }: { size: number; name?: string }) {
    super(layer);
    if (!Number.isInteger(size) || size < 1)
      throw new ZooError('spec', `${this.name}: size must be a whole number of at least 1, got ${size}.`);
    this.size = size;
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const [height, width, channels] = singleMapsShape(this.name, inputShape);
    const { size } = this;
    if (height % size !== 0 || width % size !== 0)
      throw new ZooError(
        'spec',
        `${this.name}: ${size}x${size} windows side by side do not fill maps of ${height}x${width}. Choose a size that divides both.`,
      );
    const zeros = tfl.initializers.zeros();
    this.variables = {
      kernel: this.addWeight('kernel', [channels], 'float32', zeros),
      bias: this.addWeight('bias', [channels], 'float32', zeros),
    };
    this.built = true;
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const [height, width, channels] = singleMapsShape(this.name, inputShape);
    return [null, Math.floor(height / this.size), Math.floor(width / this.size), channels];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { variables, size } = this;
    if (!variables) throw new Error(`${this.name} is called before it is built`);
    return tf.tidy(() => {
      const means = avgPool2d(singleMaps(this.name, inputs), { size, stride: size });
      return tf.add(tf.mul(means, tf.mul(variables.kernel.read(), size * size)), variables.bias.read());
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), size: this.size };
  }
}
