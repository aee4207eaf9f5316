import { readPytorch } from './codecs/pytorch/read-pytorch.ts';
import { type Open, openFile } from './open-file.ts';

export { pytorchBytes } from './codecs/pytorch/pytorch-bytes.ts';
export type * from './types.ts';

/**
 * Opens a checkpoint of PyTorch: a zip archive, or the form from before 1.6. No code of it is run; what is not needed for a state dict
 * is refused by name.
 *
 * @throws ZooError as `openTensors`.
 */
export const openPytorch: Open = (source, options = {}) =>
  openFile(source, options, async (bytes) => {
    // An archive begins with its first entry's header, a pickle with the opcode PROTO.
    const isPickle = bytes.size > 0 && (await bytes.read(0, 1))[0] === 0x80;
    if (!isPickle) return { name: 'pytorch', read: readPytorch };
    const { readLegacyPytorch } = await import('./codecs/pytorch/read-legacy-pytorch.ts');
    return { name: 'pytorch-legacy', read: readLegacyPytorch };
  });
