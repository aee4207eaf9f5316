import type { ByteSource } from '../../byte-source.ts';
import type { NamedTensor, StoredTensor, TensorFile } from '../../tensor.ts';
import { damaged } from '../damaged.ts';
import { onlyWhole } from '../stored-tensor.ts';
import { tensorBytes } from '../tensor-bytes.ts';
import { openZip } from '../zip/open-zip.ts';
import { zipBytes } from '../zip/zip-bytes.ts';
import { npyTensor } from './npy.ts';
import { npyHeaderBytes } from './npy-header.ts';

/**
 * NumPy's archive of arrays, stored (`savez`) or deflated (`savez_compressed`).
 *
 * @throws ZooError as `openNpy`.
 */
export async function openNpz(source: ByteSource): Promise<TensorFile> {
  const zip = await openZip(source);
  const tensors = new Map<string, StoredTensor>();
  for (const entry of zip.entries.values()) {
    if (!entry.name.endsWith('.npy')) throw damaged(source.name, `holds ${entry.name}, which is no array`);
    const name = entry.name.slice(0, -'.npy'.length);
    const tensor = await npyTensor(name, await zip.bytes(entry), `${source.name}: ${name}`);
    tensors.set(name, entry.deflated ? onlyWhole(tensor) : tensor);
  }
  return { name: source.name, tensors, metadata: {}, close: source.close };
}

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
