import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { OnProgress } from '@zoo/core';
import { isDropout, modelWeights, specOf } from '@zoo/layers/model';
import { crossEntropy } from './cross-entropy.ts';
import { logitsOf } from './probabilities.ts';

/** Options of `warmUp`. */
export interface WarmUpOptions {
  /** The batch size that will be used: shaders are compiled for sizes. Default: 1. */
  batchSize?: number;
  /** Computes gradients too. Default: false. */
  training?: boolean;
  /** Called for every layer, and once more for the gradients. */
  onProgress?: OnProgress;
}

/** Computes a tensor, and waits for the result. */
async function computed(compute: () => tf.Tensor): Promise<void> {
  const result = tf.tidy(() => tf.sum(compute()));
  try {
    await result.data();
  } finally {
    result.dispose();
  }
}

/** The sum of all gradients: only the computation matters. */
function gradients(model: tfl.LayersModel, images: tf.Tensor): tf.Tensor {
  const variables = modelWeights(model).flatMap(({ trainable, variable }) => (trainable ? [variable] : []));
  const coefficients = tf.ones([images.shape[0] ?? 1, specOf(model).classes]);
  const { grads } = tf.variableGrads(() => crossEntropy(logitsOf(model, images, true), coefficients), variables);
  // Two at a time: tf.addN takes no more tensors than a webgpu program may bind.
  return Object.values(grads).reduce((sum, gradient) => tf.add(sum, tf.sum(gradient)), tf.scalar(0));
}

/** Runs work and then restores the dropout steps and running statistics that it changes. */
async function preservingState(model: tfl.LayersModel, work: () => Promise<void>): Promise<void> {
  const masks = model.layers.flatMap((layer) => (isDropout(layer) ? [{ layer, step: layer.step }] : []));
  const statistics = modelWeights(model).flatMap(({ trainable, variable }) =>
    trainable ? [] : [{ variable, before: variable.clone() }],
  );
  try {
    await work();
  } finally {
    for (const { layer, step } of masks) layer.step = step;
    for (const { variable, before } of statistics) {
      variable.assign(before);
      before.dispose();
    }
  }
}

/**
 * Runs a model once on zeros, layer by layer, so that the first picture does not wait for webgpu to compile its shaders.
 * The model does not change. On other backends it costs one pass and has no benefit.
 *
 * @example await warmUp(model, { training: true, onProgress: ({ task, done, total }) => show(task, done, total) });
 */
export async function warmUp(
  model: tfl.LayersModel,
  { batchSize = 1, training = false, onProgress }: WarmUpOptions = {},
): Promise<void> {
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const total = layers.length + (training ? 1 : 0);
  const report = (what: string, done: number) => onProgress?.({ task: `prepare ${what}`, done, total, unit: 'layers' });
  const images = tf.zeros([batchSize, ...specOf(model).input]);
  let maps: tf.Tensor = images;
  try {
    for (const [index, layer] of layers.entries()) {
      report(layer.name, index);
      const next = layer.apply(maps, { training: false });
      if (!(next instanceof tf.Tensor)) throw new Error(`${layer.name} must give one tensor`);
      if (maps !== images) maps.dispose();
      maps = next;
      await computed(() => next);
    }
    if (training) {
      report('gradients', layers.length);
      await preservingState(model, () => computed(() => gradients(model, images)));
    }
    report(training ? 'gradients' : (layers.at(-1)?.name ?? ''), total);
  } finally {
    tf.dispose([maps, images]);
  }
}
