import type { NamedTensor } from '../../tensor.ts';
import { type FileToZip, zipBytes } from '../zip/zip-bytes.ts';
import { npyBytes } from './npy-bytes.ts';
import { npyTextBytes } from './npy-text-bytes.ts';

const arrayOf = (tensor: NamedTensor): FileToZip => ({
  name: `${tensor.name}.npy`,
  async bytes() {
    const pieces: Uint8Array[] = [];
    for await (const piece of npyBytes(tensor)) pieces.push(piece);
    const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  },
});

/**
 * An archive that `numpy.load` reads, without a pickle.
 *
 * @param texts Arrays of texts beside the tensors, by their names: file names, labels. Default: none.
 */
export const npzBytes = (
  tensors: readonly NamedTensor[],
  texts: Readonly<Record<string, readonly string[]>> = {},
): AsyncGenerator<Uint8Array, void, undefined> =>
  zipBytes([
    ...tensors.map(arrayOf),
    ...Object.entries(texts).map(([name, values]) => ({ name: `${name}.npy`, bytes: () => npyTextBytes(values) })),
  ]);
