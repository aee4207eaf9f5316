import { readSafetensors } from './codecs/safetensors/read-safetensors.ts';
import { readSharded } from './codecs/safetensors/read-sharded.ts';
import { type Open, openFile } from './open-file.ts';

export { safetensorsBytes } from './codecs/safetensors/safetensors-bytes.ts';
export type * from './types.ts';

/**
 * Opens a safetensors file (github.com/huggingface/safetensors), as strictly as the reference implementation does, or the index of
 * several, with its shards.
 *
 * @throws ZooError as `openTensors`.
 */
export const openSafetensors: Open = (source, options = {}) =>
  openFile(source, options, async (bytes) => {
    // An index is JSON; a file begins with the length of its header, whose upper bytes are zeros.
    const start = await bytes.read(0, Math.min(8, bytes.size));
    const isIndex = start[0] === 0x7b && start.every((byte) => byte !== 0);
    return isIndex ? { name: 'sharded', read: readSharded } : { name: 'safetensors', read: readSafetensors };
  });
