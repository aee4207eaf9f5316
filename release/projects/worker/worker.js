import { trainAndRead } from './train-and-read.js';

self.onmessage = async ({ data: checkpoint }) => {
  self.postMessage(await trainAndRead(checkpoint));
};
