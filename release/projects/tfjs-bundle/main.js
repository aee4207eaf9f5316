// A page on the bundle of TensorFlow.js: @zoo/backends brings the kernels, and threads that a minified page can start.
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '@zoo/backends';
import { openTensors } from '@zoo/tensor-files';
import { trainStep } from './training.js';

const backend = await useBackend('wasm', { threads: 2 });
const losses = await trainStep(tf);

const file = await openTensors('net.pth');
const names = [...file.tensors.keys()];
const first = (await file.tensors.get('features.0.weight').read())[0];
await file.close();
document.querySelector('output').textContent = JSON.stringify({ backend, losses, names, first });
