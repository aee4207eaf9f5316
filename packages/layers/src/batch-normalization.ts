import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { singleMaps, singleMapsShape } from './single-input.ts';

/** Arguments of `BatchNormalization`. */
export interface BatchNormalizationArgs {
  name?: string;
  /** Added to the variance. Default: 1e-5. */
  epsilon?: number;
  /** Share of the new batch in the running statistics. Default: 0.1. */
  momentum?: number;
}

/**
 * Batch normalisation over N, H, W: `y = γ·(x − mean) / √(variance + epsilon) + β` (Ioffe and Szegedy 2015), as
 * `torch.nn.BatchNorm2d` does it: a batch is normalised by its own biased variance, but the running variance averages
 * the unbiased one. `tf.layers.batchNormalization` averages the biased one.
 * Weights, all `[channels]`: gamma 1, beta 0, moving_mean 0, moving_variance 1.
 */
export class BatchNormalization extends tfl.layers.Layer {
  static readonly className = 'ZooBatchNormalization';
  private readonly options: Required<Omit<BatchNormalizationArgs, 'name'>>;
  private vectors:
    | { gamma: tfl.LayerVariable; beta: tfl.LayerVariable; mean: tfl.LayerVariable; variance: tfl.LayerVariable }
    | undefined;

  constructor({ epsilon = 1e-5, momentum = 0.1, ...layer }: BatchNormalizationArgs = {}) {
    super(layer);
    this.options = { epsilon, momentum };
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const channels = singleMapsShape(this.name, inputShape)[2];
    const vector = (name: string, value: 'zeros' | 'ones', trainable: boolean) =>
      this.addWeight(name, [channels], 'float32', tfl.initializers[value](), undefined, trainable);
    this.vectors = {
      gamma: vector('gamma', 'ones', true),
      beta: vector('beta', 'zeros', true),
      mean: vector('moving_mean', 'zeros', false),
      variance: vector('moving_variance', 'ones', false),
    };
    this.built = true;
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape | tfl.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const { vectors } = this;
    if (!vectors) throw new Error(`${this.name} is called before it is built`);
    const { epsilon, momentum } = this.options;
    return tf.tidy(() => {
      const x = singleMaps(this.name, inputs);
      const normalized = (mean: tf.Tensor, variance: tf.Tensor) =>
        tf.batchNorm(
          x,
          vector(mean),
          vector(variance),
          vector(vectors.beta.read()),
          vector(vectors.gamma.read()),
          epsilon,
        );
      if (!training) return normalized(vectors.mean.read(), vectors.variance.read());
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      const examples = x.size / (x.shape[3] || 1);
      const running = (old: tfl.LayerVariable, now: tf.Tensor) =>
        old.write(tf.add(tf.mul(old.read(), 1 - momentum), tf.mul(now, momentum)));
      running(vectors.mean, mean);
      running(vectors.variance, tf.mul(variance, examples / Math.max(1, examples - 1)));
      return normalized(mean, variance);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}

const vector = (x: tf.Tensor): tf.Tensor1D => tf.reshape(x, [x.size]);
