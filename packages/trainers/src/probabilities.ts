import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Batch } from '@zoo/loaders';
import { requireFiniteOutput } from './finite.ts';
import { softmax } from './score.ts';

/** The rows of a matrix `[rows, columns]`. */
export function rowsOf(values: Float32Array, rows: number): Float32Array[] {
  const columns = values.length / rows;
  return Array.from({ length: rows }, (_, row) => values.subarray(row * columns, (row + 1) * columns));
}

/** The output of a model with one output. */
export function logitsOf(model: tfl.LayersModel, images: tf.Tensor, training: boolean): tf.Tensor {
  const logits = model.apply(images, { training });
  if (logits instanceof tf.Tensor) return logits;
  throw new Error(`${model.name} must give one tensor`);
}

/**
 * A row of probabilities for each picture of a batch.
 *
 * @throws ZooError `not-finite` where the network gives NaN or infinity.
 */
export async function probabilities(
  model: tfl.LayersModel,
  { images, shape }: Pick<Batch, 'images' | 'shape'>,
): Promise<Float32Array[]> {
  const logits = tf.tidy(() => logitsOf(model, tf.tensor4d(images, [...shape]), false));
  try {
    const values = Float32Array.from(await logits.data());
    await requireFiniteOutput(model, values, 'probabilities');
    return rowsOf(values, shape[0]).map(softmax);
  } finally {
    logits.dispose();
  }
}
