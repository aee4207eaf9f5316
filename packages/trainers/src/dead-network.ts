import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { specOf } from '@zoo/layers/model';
import type { Batch } from '@zoo/loaders';
import { inferShapes } from '@zoo/spec';
import type { DeadNetwork } from './train-event.ts';

/** Steps after which a network is first looked at; then after twice as many each time, so that it costs hardly anything. */
const firstLook = 100;
/** With fewer pictures, a layer that is 0 for all of them may be chance. */
const minPictures = 4;

/** The steps after which to look for a dead network next: 100, 200, 400 and so on, behind those that are done. */
const nextLook = (steps: number): number =>
  steps < firstLook ? firstLook : firstLook * 2 ** (Math.floor(Math.log2(steps / firstLook)) + 1);

/**
 * A network with a ReLU layer that is 0, in all channels, for all pictures of a batch: what comes before has no gradient. One step that is
 * too large does it.
 *
 * @param count How many pictures of the batch are looked at: the first ones.
 */
async function deadLayer(model: tfl.LayersModel, { images, shape }: Batch, count: number): Promise<string | undefined> {
  const [all, ...sides] = shape;
  const relus = inferShapes(specOf(model)).layers.flatMap(({ layer, path }) => (layer.kind === 'relu' ? [path] : []));
  if (relus.length === 0) return undefined;
  const maxima = tf.tidy(() => {
    let maps: tf.Tensor = tf.tensor4d(images.subarray(0, (images.length / all) * count), [count, ...sides]);
    const largest: tf.Tensor[] = [];
    for (const layer of model.layers.slice(1)) {
      const next = layer.apply(maps, { training: false });
      if (!(next instanceof tf.Tensor)) throw new Error(`${layer.name} must give one tensor`);
      maps = next;
      if (relus.includes(layer.name)) largest.push(tf.max(maps));
    }
    return tf.stack(largest);
  });
  try {
    return relus[(await maxima.data()).indexOf(0)];
  } finally {
    maxima.dispose();
  }
}

/**
 * Looks, after a step with its batch, for a dead network when it is time to: after 100 steps, 200, 400 and so on, or with the next batch
 * that is large enough.
 *
 * @param pictures How many of a batch are looked at, and four at least.
 * @param done Steps before the first.
 */
export function deadNetworkWatch(model: tfl.LayersModel, pictures: number, done: number) {
  let next = nextLook(done);
  return async (batch: Batch, steps: number): Promise<DeadNetwork[]> => {
    const count = Math.min(batch.shape[0], Math.max(minPictures, pictures));
    if (steps < next || count < minPictures) return [];
    next = nextLook(steps);
    const layer = await deadLayer(model, batch, count);
    return layer === undefined ? [] : [{ kind: 'dead', steps, layer, pictures: count }];
  };
}
