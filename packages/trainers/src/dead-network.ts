import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { specOf } from '@zoo/layers/model';
import type { Batch } from '@zoo/loaders';
import { inferShapes } from '@zoo/spec';
import type { DeadNetwork } from './train-event.ts';

/** Steps after which a network is first looked at; then after twice as many each time, so that it costs hardly anything. */
const firstLook = 100;
/** With fewer pictures, a layer that is 0 for all of them may be chance. */
export const minPictures = 4;

/** The steps after which to look for a dead network next: 100, 200, 400 and so on, behind those that are done. */
export const nextLook = (steps: number): number =>
  steps < firstLook ? firstLook : firstLook * 2 ** (Math.floor(Math.log2(steps / firstLook)) + 1);

/**
 * A network with a ReLU layer that is 0, in all channels, for all pictures of a batch: what comes before has no gradient. One step that is
 * too large does it.
 *
 * @param pictures How many of the batch are looked at: the first ones.
 */
export async function deadNetwork(
  model: tfl.LayersModel,
  { images, shape: [all, ...sides] }: Pick<Batch, 'images' | 'shape'>,
  pictures: number,
  steps: number,
): Promise<DeadNetwork[]> {
  const count = Math.min(all, pictures);
  const relus = inferShapes(specOf(model)).layers.flatMap(({ layer, path }) => (layer.kind === 'relu' ? [path] : []));
  if (count < minPictures || relus.length === 0) return [];
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
    const dead = (await maxima.data()).indexOf(0);
    return dead < 0 ? [] : [{ kind: 'dead', steps, layer: relus[dead] ?? '', pictures: count }];
  } finally {
    maxima.dispose();
  }
}
