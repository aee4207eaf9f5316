import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { sgd, train } from '@zoo/trainers';
import { pictures } from './train-and-read.js';

await useBackend('wasm');

export const network = () => alexnet('cifar10-quick', { classes: 2, width: 0.25, seed: 1 });

/** The last event of a training. */
export async function trained(model, options) {
  let last;
  for await (const event of train(model, pictures, {
    batchSize: 8,
    optimizer: sgd({ learningRate: 0.001 }),
    ...options,
  }))
    if (event.type === 'done') last = { reason: event.reason, epochs: event.epochs };
  return last;
}

/** Logits of one picture, of numbers from 0 to 1. */
export async function answers(model) {
  const picture = tf.tensor4d(
    Float32Array.from({ length: 3072 }, (_, i) => (i % 17) / 16),
    [1, 32, 32, 3],
  );
  return [...(await model.predict(picture).data())];
}
