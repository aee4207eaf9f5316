import * as tf from '@tensorflow/tfjs-core';

/**
 * `−Σ c·log softmax(z)` over batch and classes, in nats: multinomial logistic regression (paper, section 3.5).
 *
 * @param logits `[batch, classes]`.
 * @param coefficients `[batch, classes]`: what each log-probability counts, as `lossCoefficients` makes them. For the mean over hard
 *   labels, their one-hot vectors divided by the size of the batch.
 */
export const crossEntropy = (logits: tf.Tensor, coefficients: tf.Tensor): tf.Scalar =>
  tf.tidy(() => tf.neg(tf.sum<tf.Scalar>(tf.mul(coefficients, tf.logSoftmax(logits)))));
