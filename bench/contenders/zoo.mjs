// The zoo itself: node zoo.mjs BACKEND THREADS
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { specOf } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { constant, sgd, train } from '@zoo/trainers';
import { once, serve, timed } from './serve.mjs';

const [backend, threads] = process.argv.slice(2);
const started = await useBackend(backend, { threads: Number(threads) });
const modelOf = once((network) => alexnet(network));

/** Pictures of noise, one batch an epoch, of the size from which the network's input is cut: no peer resizes any. */
function noise(model, batch) {
  const { input, classes, preprocessing } = specOf(model);
  const channels = input[2];
  const [height, width] = preprocessing.resizeShorterSide
    ? [preprocessing.resizeShorterSide, preprocessing.resizeShorterSide]
    : input;
  return inMemory({
    name: 'noise',
    classes: Array.from({ length: classes }, (_, label) => String(label)),
    pixels: Uint8Array.from({ length: batch * height * width * channels }, (_, i) => (i * 2654435761) >>> 24),
    labels: Uint16Array.from({ length: batch }, (_, i) => i % classes),
    height,
    width,
    channels,
  });
}

/** Steps as `train` does them, the making of the batch and its upload included. */
const stepsOf = once((key) => {
  const [network, batch] = key.split(' ');
  const model = modelOf(network);
  return train(model, noise(model, Number(batch)), {
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize: Number(batch),
    optimizer: sgd({ learningRate: 1e-6, momentum: 0.9, weightDecay: 5e-4, convention: 'pytorch' }),
    schedule: constant(),
    augment: [],
  });
});

await serve(`zoo, ${started.name} (${started.detail})`, {
  async forward(network, batch) {
    const model = modelOf(network);
    const images = tf.randomNormal([batch, ...specOf(model).input]);
    await images.data();
    const time = await timed(async () => {
      const logits = tf.tidy(() => model.predictOnBatch(images));
      await logits.data();
      logits.dispose();
    });
    images.dispose();
    return time;
  },
  async step(network, batch) {
    const events = stepsOf(`${network} ${batch}`);
    return await timed(async () => {
      for (;;) if ((await events.next()).value.type === 'step') return;
    });
  },
});
