import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Batch } from '@zoo/loaders';
import { logitsOf, rowsOf } from './probabilities.ts';
import type { DeadNetwork } from './train-event.ts';

/** Steps after which a network is first looked at; then after twice as many each time, so that it costs hardly anything. */
const firstLook = 100;
/** With fewer pictures, equal outputs may be chance. */
const minPictures = 4;
/** Relative difference of outputs that the order of a sum explains. */
const rounding = 1e-6;

/** Whether to look for a dead network after this step. */
export const looksForDead = (steps: number): boolean =>
  steps >= firstLook && Number.isInteger(Math.log2(steps / firstLook));

const allLikeFirst = (rows: readonly Float32Array[], tolerance: number): boolean =>
  rows.every((row) =>
    row.every((value, i) => Math.abs(value - (rows[0]?.[i] ?? value)) <= tolerance * Math.max(1, Math.abs(value))),
  );

/**
 * Whether a network gives the same logits for pictures that differ: the ReLUs of a layer are 0 for all of them, so that what comes
 * before has no gradient. One step that is too large does it.
 *
 * @param pictures Of the batch, those that are looked at: the first ones.
 */
export async function deadNetwork(
  model: tfl.LayersModel,
  { images, shape: [all, ...sides] }: Pick<Batch, 'images' | 'shape'>,
  pictures: number,
  steps: number,
): Promise<DeadNetwork[]> {
  const count = Math.min(all, pictures);
  if (count < minPictures) return [];
  const seen = images.subarray(0, (images.length / all) * count);
  const logits = tf.tidy(() => logitsOf(model, tf.tensor4d(seen, [count, ...sides]), false));
  try {
    const outputs = rowsOf(Float32Array.from(await logits.data()), count);
    return allLikeFirst(outputs, rounding) && !allLikeFirst(rowsOf(seen, count), 0) ? [{ kind: 'dead', steps }] : [];
  } finally {
    logits.dispose();
  }
}
