import { readSafetensors } from './codecs/safetensors/read-safetensors.ts';
import { type Open, opener } from './open-file.ts';

export { safetensorsBytes } from './codecs/safetensors/safetensors-bytes.ts';
export type * from './types.ts';

/**
 * Opens a safetensors file (github.com/huggingface/safetensors), as strictly as the reference implementation does.
 *
 * @throws ZooError as `openTensors`.
 */
export const openSafetensors: Open = opener('safetensors', readSafetensors);
