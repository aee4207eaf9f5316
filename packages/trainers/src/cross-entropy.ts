import * as tf from '@tensorflow/tfjs-core';

/**
 * Mean of `log Σ exp(z) − z[label]` over the batch, in nats: multinomial logistic regression (paper, section 3.5).
 *
 * @param logits `[batch, classes]`.
 * @param labels `[batch]`, int32; or `[batch, classes]`, the share of each class, as mixed pictures have them.
 * @param shares `[batch]`: the weight of each example in the mean, instead of equal weights. Their sum is 1.
 */
export function crossEntropy(logits: tf.Tensor, labels: tf.Tensor1D | tf.Tensor2D, shares?: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => {
    const targets = labels.rank === 2 ? labels : tf.oneHot(labels, logits.shape.at(-1) ?? 0);
    const own = tf.sum(tf.mul(targets, tf.logSoftmax(logits)), -1);
    return tf.neg(shares ? tf.sum<tf.Scalar>(tf.mul(own, shares)) : tf.mean<tf.Scalar>(own));
  });
}
