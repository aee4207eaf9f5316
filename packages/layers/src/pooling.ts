import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { avgPool2d, maxPool2d, type PoolOptions, pooledSize } from '@zoo/kernels';
import { singleMaps, singleMapsShape } from './single-input.ts';

/** Pooling that can round up, as Caffe does; `tf.layers` can only round down or pad. */
abstract class Pooling2D extends tfl.layers.Layer {
  protected readonly options: Required<PoolOptions>;

  constructor({ size, stride = size, padding = 0, ceil = false, ...layer }: PoolOptions & { name?: string }) {
    super(layer);
    this.options = { size, stride, padding, ceil };
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const [height, width, channels] = singleMapsShape(this.name, inputShape);
    return [null, pooledSize(height, this.options), pooledSize(width, this.options), channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}

/** Maximum of each window; see `maxPool2d` of `@zoo/kernels`. */
export class MaxPooling2D extends Pooling2D {
  static readonly className = 'ZooMaxPooling2D';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => maxPool2d(singleMaps(this.name, inputs), this.options));
  }
}

/** Mean of each window; see `avgPool2d` of `@zoo/kernels`. */
export class AveragePooling2D extends Pooling2D {
  static readonly className = 'ZooAveragePooling2D';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => avgPool2d(singleMaps(this.name, inputs), this.options));
  }
}
