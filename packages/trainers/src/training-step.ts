import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Batch } from '@zoo/loaders';
import { type BatchPart, partsOf } from './batch-parts.ts';
import { clippedByNorm } from './clip-gradients.ts';
import { crossEntropy } from './cross-entropy.ts';
import { updateAverages } from './ema.ts';
import { lossCoefficients, softTargets } from './loss-targets.ts';
import { applyGradients, type OptimizerState } from './optimizer-state.ts';
import { logitsOf, rowsOf } from './probabilities.ts';
import type { SettledRefinements } from './refinements.ts';
import { addExample, emptyScore, type Score, softCrossEntropy, softmax } from './score.ts';

/** Rates of one step. */
export interface StepRates extends Pick<SettledRefinements, 'labelSmoothing' | 'clipNorm' | 'accumulate'> {
  learningRate: number;
  weightDecay: number;
  /** Steps so far, this one included. */
  step: number;
  /** The weight of each class in the loss, in the order of the labels. Default: equal weights. */
  classWeights?: Float32Array | undefined;
}

interface Passed {
  logits: tf.Tensor;
  gradients: tf.NamedTensorMap;
}

/** Forward and backward. */
function pass(model: tfl.LayersModel, { learned }: OptimizerState, part: BatchPart): Passed {
  const images = tf.tensor4d(part.images, [...part.shape]);
  const coefficients = tf.tensor2d(part.coefficients, [part.shape[0], part.coefficients.length / part.shape[0]]);
  const kept: tf.Tensor[] = [];
  const { grads } = tf.variableGrads(
    () => {
      const logits = logitsOf(model, images, true);
      kept.push(tf.keep(logits));
      return crossEntropy(logits, coefficients);
    },
    learned.map(({ weight }) => weight.variable),
  );
  const [logits] = kept;
  if (!logits) throw new Error('no forward pass was made');
  return { logits, gradients: grads };
}

/** The gradients of all parts together. What a part alone needs is freed before the next. */
function passAll(model: tfl.LayersModel, optimizer: OptimizerState, parts: readonly BatchPart[]) {
  const logits: tf.Tensor[] = [];
  let sum: tf.NamedTensorMap = {};
  for (const part of parts) {
    const before = sum;
    sum = tf.tidy(() => {
      const passed = pass(model, optimizer, part);
      logits.push(passed.logits);
      const entries = Object.entries(passed.gradients).map(([name, gradient]) => {
        const former = before[name];
        return [name, former ? tf.add(former, gradient) : gradient] as const;
      });
      return Object.fromEntries(entries);
    });
    tf.dispose(before);
  }
  return { logits, gradients: sum };
}

/**
 * One step: forward, backward, update. The score is of the network before the update; its loss is unweighted, and asks for what the
 * smoothed or mixed labels say.
 */
export async function trainingStep(
  model: tfl.LayersModel,
  optimizer: OptimizerState,
  batch: Batch,
  rates: StepRates,
): Promise<Score> {
  const { labelSmoothing, classWeights, clipNorm, accumulate } = rates;
  const targets = softTargets(batch, { classes: optimizer.classes, labelSmoothing });
  const parts = partsOf(batch, lossCoefficients(batch, targets, classWeights), accumulate);
  const logits = tf.tidy(() => {
    const passed = passAll(model, optimizer, parts);
    applyGradients(optimizer, clipNorm > 0 ? clippedByNorm(passed.gradients, clipNorm) : passed.gradients, rates);
    const { averages, learned } = optimizer;
    if (averages)
      updateAverages(
        averages,
        learned.map(({ weight }) => weight),
        rates.step,
      );
    return passed.logits;
  });
  try {
    const soft = batch.targets || labelSmoothing > 0 ? rowsOf(targets, batch.shape[0]) : undefined;
    const score = emptyScore(0);
    let loss = 0;
    for (const output of logits) {
      const values = Float32Array.from(await output.data());
      for (const row of rowsOf(values, output.shape[0] ?? 1)) {
        const target = soft?.[score.examples];
        if (target) loss += softCrossEntropy(row, target);
        addExample(score, softmax(row), batch.labels[score.examples] ?? 0);
      }
    }
    return soft ? { ...score, loss } : score;
  } finally {
    tf.dispose(logits);
  }
}
