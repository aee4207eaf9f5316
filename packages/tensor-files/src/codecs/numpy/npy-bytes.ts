import { tensorBytes } from '../../elements/tensor-bytes.ts';
import type { NamedTensor } from '../../tensor.ts';
import { npyHeaderBytes, npyTypes } from './npy-header.ts';

/** An array as `numpy.save` writes it; the name of the file is its only name. */
export async function* npyBytes(tensor: NamedTensor): AsyncGenerator<Uint8Array, void, undefined> {
  yield npyHeaderBytes(tensor.shape, npyTypes[tensor.dtype ?? 'F32']);
  yield await tensorBytes(tensor);
}
