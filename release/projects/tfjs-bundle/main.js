// A program on the bundle of TensorFlow.js: two lines make it train on wasm.
import * as tf from '@tensorflow/tfjs';
import '@zoo/kernels/wasm';
import { openTensors } from '@zoo/weights';
import { placeWasmFiles } from './wasm-files.js';

placeWasmFiles();
await tf.setBackend('wasm');

const model = tf.sequential();
model.add(tf.layers.conv2d({ inputShape: [16, 16, 3], filters: 8, kernelSize: 3, activation: 'relu' }));
model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
model.add(tf.layers.flatten());
model.add(tf.layers.dense({ units: 2, activation: 'softmax' }));
model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });
const { history } = await model.fit(tf.randomUniform([8, 16, 16, 3]), tf.oneHot([0, 0, 0, 0, 1, 1, 1, 1], 2), {
  epochs: 1,
});

const file = await openTensors('net.pth');
const names = [...file.tensors.keys()];
const first = (await file.tensors.get('features.0.weight').read())[0];
await file.close();
const threads = (await import('@tensorflow/tfjs-backend-wasm')).getThreadsCount();
const backend = { name: tf.getBackend(), threads };
document.querySelector('output').textContent = JSON.stringify({ backend, losses: history.loss, names, first });
