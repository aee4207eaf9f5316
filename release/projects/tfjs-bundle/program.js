// A program on the bundle of TensorFlow.js: one import lets wasm train. node program.js net.pth
import * as tf from '@tensorflow/tfjs';
import '@zoo/kernels/wasm';
import { openTensors } from '@zoo/tensor-files';
import { trainStep } from './training.js';

await tf.setBackend('wasm');
const losses = await trainStep(tf);

const file = await openTensors(process.argv[2]);
const names = [...file.tensors.keys()];
const first = (await file.tensors.get('features.0.weight').read())[0];
await file.close();
console.log(JSON.stringify({ backend: { name: tf.getBackend(), threads: 1 }, losses, names, first }));
