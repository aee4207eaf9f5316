import { trainAndRead } from './train-and-read.js';

document.querySelector('output').textContent = JSON.stringify(await trainAndRead('net.pth'));
