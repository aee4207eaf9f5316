export { presets, type ZFNetPreset, zfnet, zfnetFamily } from './zfnet.ts';
