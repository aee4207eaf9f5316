export { openTfjs } from './codecs/tfjs/open-tfjs.ts';
export { tfjsFiles } from './codecs/tfjs/tfjs-files.ts';
