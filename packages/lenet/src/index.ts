export { type LeNetPreset, lenet, lenetFamily, presets } from './lenet.ts';
