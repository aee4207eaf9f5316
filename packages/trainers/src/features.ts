import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { specOf } from '@zoo/layers/model';
import type { Image } from '@zoo/loaders';
import { layerNamed } from '@zoo/spec';
import { requireFiniteOutput } from './finite.ts';
import { preprocess } from './preprocess.ts';

/** The activations of a layer for a picture. */
export interface Features {
  /** `[channels, height, width]`, or `[units]` for a vector: as PyTorch and Caffe have it, without a batch. */
  shape: number[];
  values: Float32Array;
}

const isChannelsLast = (x: tf.Tensor): x is tf.Tensor4D => x.rank === 4;

/**
 * The activations of a layer for a picture of any size, preprocessed as for `classify`.
 *
 * @param options.layer Any name that `layerNamed` of `@zoo/spec` knows: `features.0`, `conv1`, `fc7`, or a block's.
 * @throws ZooError `unknown-name` for a layer that the network does not have, `data` when the picture's channels are not the network's,
 *   `not-finite` where the layer gives NaN, naming the weight that is broken.
 */
export async function features(model: tfl.LayersModel, image: Image, { layer }: { layer: string }): Promise<Features> {
  const spec = specOf(model);
  const { path } = layerNamed(spec, layer);
  const { images, shape } = preprocess('features', spec, image);
  const output = tf.tidy(() => {
    let x: tf.Tensor = tf.tensor4d(images, [...shape]);
    const last = model.layers.findIndex(({ name }) => name === path);
    // The first layer is the input's.
    for (const one of model.layers.slice(1, last + 1)) {
      const next = one.apply(x, { training: false });
      if (!(next instanceof tf.Tensor)) throw new Error(`${one.name} must give one tensor`);
      x = next;
    }
    return tf.squeeze(isChannelsLast(x) ? tf.transpose(x, [0, 3, 1, 2]) : x, [0]);
  });
  try {
    const values = Float32Array.from(await output.data());
    await requireFiniteOutput(model, values, `the activations of ${path}`);
    return { shape: output.shape, values };
  } finally {
    output.dispose();
  }
}
