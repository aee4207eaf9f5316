import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { trainAndRead } from './train-and-read.js';

setWasmPaths('wasm/'); // where copy-wasm.js puts them
document.querySelector('output').textContent = JSON.stringify(await trainAndRead('net.pth'));
