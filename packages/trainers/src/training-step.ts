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

/** Soft labels, each class by its weight: the loss is their mean over the pictures, as PyTorch's CrossEntropyLoss has it. */
function softTargets(targets: Float32Array, count: number, classWeights: Float32Array | undefined): tf.Tensor2D {
  const classes = targets.length / count;
  return tf.tensor2d(
    classWeights ? targets.map((share, index) => share * (classWeights[index % classes] ?? 1)) : targets,
    [count, classes],
  );
}

/** The sum of `−Σ target·log softmax(z)` over the pictures of a batch. */
function softLoss(rows: readonly Float32Array[], targets: Float32Array): number {
  let loss = 0;
  for (const [index, row] of rows.entries())
    for (const [label, probability] of softmax(row).entries())
      loss -= (targets[index * row.length + label] ?? 0) * Math.log(Math.max(probability, 1e-45));
  return loss;
}

/**
 * One step: forward, backward, update. The score is of the network before the update. Of mixed pictures, the loss is that of their soft
 * labels, and accuracy goes by their own.
 */
export async function trainingStep(
  model: tfl.LayersModel,
  optimizer: OptimizerState,
  batch: Batch,
  rates: StepRates,
): Promise<Score> {
  const logits = tf.tidy(() => {
    const images = tf.tensor4d(batch.images, [...batch.shape]);
    const { targets, labels: hard } = batch;
    const labels = targets ? softTargets(targets, hard.length, rates.classWeights) : tf.tensor1d(hard, 'int32');
    const shares = !targets && rates.classWeights && tf.tensor1d(exampleWeights(rates.classWeights, hard));
    const kept: tf.Tensor[] = [];
    const { grads } = tf.variableGrads(
      () => {
        const logits = logitsOf(model, images, true);
        kept.push(tf.keep(logits));
        return crossEntropy(logits, labels, shares || undefined);
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
      if (batch.targets) score.loss = softLoss(rows, batch.targets);
    }
    return score;
  } finally {
    tf.dispose(logits);
  }
}
