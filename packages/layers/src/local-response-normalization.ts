import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type LrnOptions, localResponseNormalization } from '@zoo/kernels';
import { singleMaps } from './single-input.ts';

/** Local response normalisation (paper, section 3.3); see `localResponseNormalization` of `@zoo/kernels`. */
export class LocalResponseNormalization extends tfl.layers.Layer {
  static readonly className = 'ZooLocalResponseNormalization';
  private readonly options: Required<LrnOptions>;

  constructor({
    size,
    alpha,
    beta,
    k,
    convention,
    region = 'across-channels',
    ...layer
  }: LrnOptions & { name?: string }) {
    super(layer);
    this.options = { size, alpha, beta, k, convention, region };
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape | tfl.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => localResponseNormalization(singleMaps(this.name, inputs), this.options));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}
