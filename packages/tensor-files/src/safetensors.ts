export { openSafetensors, safetensorsBytes } from './codecs/safetensors.ts';
