import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { trainAndRead } from './train-and-read.js';

setWasmPaths('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/');
document.querySelector('output').textContent = JSON.stringify(await trainAndRead('net.pth'));
