// TensorFlow.js on wasm as it is shipped: none of the zoo's kernels, fused convolutions, weights as tfjs lays them.
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { presetSpec } from '@zoo/alexnet';
import { inferShapes } from '@zoo/spec';
import { once, serve, timed } from './serve.mjs';

await tf.setBackend('wasm');

const fused = (layers, place) => (layers[place + 1]?.layer.kind === 'relu' ? 'relu' : 'linear');

/** Grouped convolution as tfjs can do it: the towers apart, then side by side. */
function convolution({ layer, input }, activation) {
  const { kernel, filters, groups, stride: strides, padding } = layer;
  const pad =
    padding === 0
      ? 'valid'
      : [
          [0, 0],
          [padding, padding],
          [padding, padding],
          [0, 0],
        ];
  const towers = Array.from({ length: groups }, () => ({
    filter: tf.randomNormal([kernel, kernel, input[2] / groups, filters / groups], 0, 0.01),
    bias: tf.zeros([filters / groups]),
  }));
  const one = (x, { filter, bias }) => tf.fused.conv2d({ x, filter, strides, pad, bias, activation });
  return (x) =>
    groups === 1
      ? one(x, towers[0])
      : tf.concat(
          tf.split(x, groups, 3).map((part, i) => one(part, towers[i])),
          3,
        );
}

/** A function of a layer, or undefined where nothing is left to do: a ReLU is fused, dropout is idle. */
function operation(layers, place) {
  const { layer, input, output } = layers[place];
  switch (layer.kind) {
    case 'conv':
      return convolution(layers[place], fused(layers, place));
    case 'dense': {
      const [b, bias] = [tf.randomNormal([input[0], output[0]], 0, 0.01), tf.zeros([output[0]])];
      return (a) => tf.fused.matMul({ a, b, bias, activation: fused(layers, place) });
    }
    case 'maxPool':
      return (x) => tf.maxPool(x, layer.size, layer.stride, 'valid');
    case 'lrn':
      return (x) => tf.localResponseNormalization(x, layer.size >> 1, layer.k, layer.alpha, layer.beta);
    case 'flatten':
      return (x) => tf.reshape(x, [x.shape[0], output[0]]);
    case 'relu':
    case 'dropout':
    case 'adaptiveAvgPool':
      return undefined;
    default:
      throw new Error(`${layer.kind}: not a layer of the networks that are compared`);
  }
}

const networkOf = once((network) => {
  const { spec, layers } = inferShapes(presetSpec(`alexnet/${network}`));
  const operations = layers.map((_, place) => operation(layers, place)).filter((one) => one !== undefined);
  return { input: spec.input, run: (x) => operations.reduce((maps, one) => one(maps), x) };
});

await serve(`TensorFlow.js ${tf.version_core}, wasm as shipped, 1 thread`, {
  async forward(network, batch) {
    const { input, run } = networkOf(network);
    const images = tf.randomNormal([batch, ...input]);
    const time = await timed(async () => {
      const logits = tf.tidy(() => run(images));
      await logits.data();
      logits.dispose();
    });
    images.dispose();
    return time;
  },
});
