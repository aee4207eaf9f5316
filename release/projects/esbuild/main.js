import { trainAndRead } from './train-and-read.js';

// Where copy-wasm.js puts the files that this bundler leaves where they are.
const result = await trainAndRead('net.pth', { wasmPaths: 'wasm/' });
document.querySelector('output').textContent = JSON.stringify(result);
