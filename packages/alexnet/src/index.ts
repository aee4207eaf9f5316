export { type AlexNetOptions, alexnet, presetSpec } from './alexnet.ts';
export { type AlexNetPreset, presets } from './presets.ts';
