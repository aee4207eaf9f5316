import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { singleInput } from './single-input.ts';

/** Arguments of `Tanh`. */
export interface TanhArgs {
  name?: string;
  /** Default: 1. */
  amplitude?: number;
  /** Default: 1. */
  gain?: number;
}

/** `y = amplitude · tanh(gain · x)`, of tensors of any shape (LeCun et al. 1998, appendix A, has 1.7159 and 2/3). */
export class Tanh extends tfl.layers.Layer {
  static readonly className = 'ZooTanh';
  private readonly options: Required<Omit<TanhArgs, 'name'>>;

  constructor({ amplitude = 1, gain = 1, ...layer }: TanhArgs = {}) {
    super(layer);
    this.options = { amplitude, gain };
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape | tfl.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { amplitude, gain } = this.options;
    return tf.tidy(() => {
      const x = singleInput(this.name, inputs);
      const y = tf.tanh(gain === 1 ? x : tf.mul(x, gain));
      return amplitude === 1 ? y : tf.mul(y, amplitude);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}
