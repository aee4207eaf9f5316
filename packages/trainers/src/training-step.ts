import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Batch } from '@zoo/loaders';
import { exampleWeights } from './class-weights.ts';
import { crossEntropy } from './cross-entropy.ts';
import { applyGradients, type OptimizerState } from './optimizer-state.ts';
import { logitsOf, rowsOf } from './probabilities.ts';
import { addExample, emptyScore, type Score, softmax } from './score.ts';

/** Rates of one step. */
export interface StepRates {
  learningRate: number;
  weightDecay: number;
  /** Steps so far, this one included. */
  step: number;
  /** The weight of each class in the loss, in the order of the labels. Default: equal weights. */
  classWeights?: Float32Array | undefined;
}

/** One step: forward, backward, update. The score is of the network before the update. */
export async function trainingStep(
  model: tfl.LayersModel,
  optimizer: OptimizerState,
  batch: Batch,
  rates: StepRates,
): Promise<Score> {
  const logits = tf.tidy(() => {
    const images = tf.tensor4d(batch.images, [...batch.shape]);
    const labels = tf.tensor1d(batch.labels, 'int32');
    const shares = rates.classWeights && tf.tensor1d(exampleWeights(rates.classWeights, batch.labels));
    const kept: tf.Tensor[] = [];
    const { grads } = tf.variableGrads(
      () => {
        const logits = logitsOf(model, images, true);
        kept.push(tf.keep(logits));
        return crossEntropy(logits, labels, shares);
      },
      optimizer.learned.map(({ weight }) => weight.variable),
    );
    applyGradients(optimizer, grads, rates);
    return kept;
  });
  try {
    const score = emptyScore(0);
    for (const output of logits) {
      const rows = rowsOf(Float32Array.from(await output.data()), batch.shape[0]);
      for (const [index, row] of rows.entries()) addExample(score, softmax(row), batch.labels[index] ?? 0);
    }
    return score;
  } finally {
    tf.dispose(logits);
  }
}
