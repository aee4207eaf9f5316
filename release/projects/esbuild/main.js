import { trainAndRead } from './train-and-read.js';

// Where copy-wasm.js puts the files that this bundler leaves where they are.
const files = { wasmPaths: 'wasm/', threadScript: 'wasm/threads.js' };
document.querySelector('output').textContent = JSON.stringify(await trainAndRead('net.pth', files));
