import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import { withinChannelNormalization } from './within-channel-normalization.ts';

/** What `alpha` multiplies: `tensorflow` the sum of squares, `caffe` and `pytorch` their mean over the window. */
export type LrnConvention = 'tensorflow' | 'caffe' | 'pytorch';

/** Options of `localResponseNormalization`. There are no defaults: frameworks disagree on every one of them. */
export interface LrnOptions {
  /** Side of the window, odd: channels, or pixels within a channel. */
  size: number;
  alpha: number;
  beta: number;
  k: number;
  convention: LrnConvention;
  /** Neighbours in depth, or in the plane. Default: `across-channels`. */
  region?: 'across-channels' | 'within-channel';
}

/**
 * Local response normalisation: `b = a / (k + A * sum of a^2 over the window)^beta`.
 *
 * `A` is `alpha` in the convention `tensorflow`; in `caffe` and `pytorch` it is `alpha / size` across channels
 * and `alpha / size^2` within a channel. The window is centred; what lies outside the tensor is zero, yet counted in the divisor.
 * Across channels: Krizhevsky et al. 2012, section 3.3. Within a channel: cuda-convnet's `rnorm` layer, Caffe's `WITHIN_CHANNEL`.
 *
 * @param x `[batch, height, width, channels]`.
 * @throws ZooError `spec` when `size` is not odd, or a convention or region is unknown.
 */
export function localResponseNormalization(x: tf.Tensor4D, options: LrnOptions): tf.Tensor4D {
  const { size, alpha, beta, k, convention, region = 'across-channels' } = options;
  if (x.shape.length !== 4)
    throw new ZooError(
      'spec',
      `localResponseNormalization: the input must be [batch, height, width, channels], got [${x.shape}]. Add the missing axes.`,
    );
  if (!Number.isInteger(size) || size < 1 || size % 2 === 0)
    throw new ZooError('spec', `localResponseNormalization: size must be an odd whole number, got ${size}.`);
  if (!['tensorflow', 'caffe', 'pytorch'].includes(convention))
    throw new ZooError(
      'spec',
      `localResponseNormalization: unknown convention '${convention}'. Use 'tensorflow', 'caffe' or 'pytorch'.`,
    );
  const perSum = (count: number) => (convention === 'tensorflow' ? alpha : alpha / count);
  if (region === 'across-channels') return tf.localResponseNormalization(x, (size - 1) / 2, k, perSum(size), beta);
  if (region === 'within-channel') return withinChannelNormalization(x, { size, k, alpha: perSum(size * size), beta });
  throw new ZooError(
    'spec',
    `localResponseNormalization: unknown region '${region}'. Use 'across-channels' or 'within-channel'.`,
  );
}
