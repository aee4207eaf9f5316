import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { random } from '@zoo/core';
import { specOf } from '@zoo/layers';
import { type Dataset, inMemory } from '@zoo/loaders';
import { constant, sgd, train } from '@zoo/trainers';

/** A piece of work that can be repeated. */
export interface Workload {
  once(): Promise<void>;
  end(): Promise<void>;
}

/** Forward passes on random input, including the wait for the logits. */
export function forward(model: tfl.LayersModel, batch: number): Workload {
  const images = tf.randomNormal([batch, ...specOf(model).input]);
  return {
    async once() {
      const logits = tf.tidy(() => model.predictOnBatch(images));
      for (const one of [logits].flat()) await one.data();
      tf.dispose(logits);
    },
    async end() {
      images.dispose();
    },
  };
}

/** One batch of noise as a data set. */
function noise(model: tfl.LayersModel, batch: number): Dataset {
  const { input, classes } = specOf(model);
  const [height, width, channels] = input;
  const generator = random(1);
  return inMemory({
    name: 'noise',
    classes: Array.from({ length: classes }, (_, label) => String(label)),
    pixels: Uint8Array.from({ length: batch * height * width * channels }, () => 256 * generator.uniform()),
    labels: Uint16Array.from({ length: batch }, (_, index) => index % classes),
    height,
    width,
    channels,
  });
}

/** Steps as `zoo train` does them: the batch is cut and mirrored, gradients are taken, momentum moves the weights. */
export function trainingStep(model: tfl.LayersModel, batch: number): Workload {
  const events = train(model, noise(model, batch), {
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize: batch,
    optimizer: sgd({ learningRate: 1e-6, momentum: 0.9 }),
    schedule: constant(),
  });
  return {
    async once() {
      for (;;) {
        const { done, value } = await events.next();
        if (done || value.type === 'step') return;
      }
    },
    async end() {
      await events.return(undefined);
    },
  };
}
