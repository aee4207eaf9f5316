import { tensorBytes } from '../../elements/tensor-bytes.ts';
import type { NamedTensor } from '../../tensor.ts';
import { zipBytes } from '../zip/zip-bytes.ts';
import { npyHeaderBytes } from './npy-header.ts';

/** An archive that `numpy.load` reads. It has no place for texts. */
export const npzBytes = (tensors: readonly NamedTensor[]): AsyncGenerator<Uint8Array, void, undefined> =>
  zipBytes(
    tensors.map((tensor) => ({
      name: `${tensor.name}.npy`,
      async bytes() {
        const [header, numbers] = [npyHeaderBytes(tensor.shape, tensor.dtype ?? 'F32'), await tensorBytes(tensor)];
        const bytes = new Uint8Array(header.length + numbers.length);
        bytes.set(header);
        bytes.set(numbers, header.length);
        return bytes;
      },
    })),
  );
