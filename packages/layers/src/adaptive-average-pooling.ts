import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { adaptiveAverages } from '@zoo/spec';
import { singleMaps, singleMapsShape } from './single-input.ts';

const averages = (windows: number, size: number): tf.Tensor2D =>
  tf.tensor2d(adaptiveAverages(windows, size), [windows, size]);

/** Averages maps of any size to `size`×`size` (`torch.nn.AdaptiveAvgPool2d`). Maps of that size pass unchanged. */
export class AdaptiveAveragePooling2D extends tfl.layers.Layer {
  static readonly className = 'ZooAdaptiveAveragePooling2D';
  private readonly size: number;

  constructor({ size, ...layer }: { size: number; name?: string }) {
    super(layer);
    if (!Number.isInteger(size) || size < 1)
      throw new ZooError('spec', `${this.name}: size must be a whole number of at least 1, got ${size}.`);
    this.size = size;
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [null, this.size, this.size, singleMapsShape(this.name, inputShape)[2]];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { size } = this;
    return tf.tidy(() => {
      const x = singleMaps(this.name, inputs);
      const [batch, height, width, channels] = x.shape;
      if (height === size && width === size) return x.clone();
      // Height first, as a matrix product over rows of W·C elements; then width, over rows of C elements.
      const rows = tf.matMul(averages(size, height), tf.reshape(x, [batch, height, width * channels]));
      const columns = tf.matMul(averages(size, width), tf.reshape(rows, [batch * size, width, channels]));
      return tf.reshape(columns, [batch, size, size, channels]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), size: this.size };
  }
}
