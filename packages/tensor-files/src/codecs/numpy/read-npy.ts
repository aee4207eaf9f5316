import { elements, ZooError } from '@zoo/core';
import { type Bytes, partOf } from '../../bytes.ts';
import { damaged } from '../../damaged.ts';
import { unreadableTensor } from '../../elements/stored-tensor.ts';
import type { Contents } from '../../format.ts';
import type { MeteredBytes } from '../../meter.ts';
import { stridedTensor } from '../../strided/strided-tensor.ts';
import { columnMajorView, viewOf } from '../../strided/view.ts';
import { bytesPerElement, type StoredTensor } from '../../tensor.ts';
import { readNpyHeader } from './npy-header.ts';

/** An array of a .npy file, or of an entry of a .npz. */
export async function npyTensor(name: string, bytes: Bytes, place: string): Promise<StoredTensor> {
  const header = await readNpyHeader(bytes, place);
  const { type, shape, start, fortranOrder } = header;
  if (type instanceof ZooError) return unreadableTensor(name, shape, type);
  const { dtype, bigEndian } = type;
  const expected = elements(shape) * bytesPerElement[dtype];
  if (bytes.size - start !== expected)
    throw damaged(place, `has ${bytes.size - start} bytes of elements, but [${shape}] of ${dtype} takes ${expected}`);
  return stridedTensor({
    name,
    dtype,
    view: fortranOrder ? columnMajorView(shape) : viewOf(shape),
    bigEndian,
    bytes: partOf(bytes, start, expected),
  });
}

/** NumPy has no name for bfloat16, and keeps it as bytes. */
export const namelessNotes = (tensors: readonly StoredTensor[]): string[] =>
  tensors.some(({ dtype }) => dtype === 'BF16')
    ? ['holds elements of two bytes without a type (V2), as bfloat16 of ml_dtypes is saved: they are read as bfloat16']
    : [];

/** The name without folders and ending: an array in a file of its own has no other. */
const stem = (path: string): string => (path.split(/[/\\]/).at(-1) ?? path).replace(/\.npy$/i, '');

/**
 * NumPy's file of one array, named as the file is, or of a dictionary of arrays, named by their keys.
 *
 * @throws ZooError `corrupt-file` when it is damaged, or holds other objects, texts, records or complex numbers.
 */
export async function readNpy(source: MeteredBytes): Promise<Contents> {
  const header = await readNpyHeader(source, source.name);
  if (header.isObjects) {
    const { numpyObjects } = await import('./numpy-objects.ts');
    const tensors = await numpyObjects(source, header.start);
    if (tensors.size === 0 && header.type instanceof ZooError) throw header.type;
    return { tensors, metadata: {} };
  }
  const tensor = await npyTensor(stem(source.name), source, source.name);
  if (tensor.unreadable) throw tensor.unreadable;
  return { tensors: new Map([[tensor.name, tensor]]), metadata: {}, notes: namelessNotes([tensor]) };
}
