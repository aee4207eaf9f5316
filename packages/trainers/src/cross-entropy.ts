import * as tf from '@tensorflow/tfjs-core';

/**
 * Mean of `log Σ exp(z) − z[label]` over the batch, in nats: multinomial logistic regression (paper, section 3.5).
 *
 * @param logits `[batch, classes]`.
 * @param labels `[batch]`, int32.
 */
export function crossEntropy(logits: tf.Tensor, labels: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => {
    const oneHot = tf.oneHot(labels, logits.shape.at(-1) ?? 0);
    return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(oneHot, tf.logSoftmax(logits)), -1)));
  });
}
