import type { ReadBytes } from '../byte-source.ts';
import { bytesPerElement, type Dtype, elements, type StoredTensor } from '../tensor.ts';
import { toFloat32 } from '../to-float32.ts';
import { swapBytes } from './swap-bytes.ts';

/** A tensor whose numbers lie in rows, one behind the other. */
export interface InRows {
  name: string;
  dtype: Dtype;
  shape: readonly number[];
  /** Default: false. */
  bigEndian?: boolean;
  /** `length` bytes from `offset` of the tensor's own. */
  bytes: ReadBytes;
}

/** The caller has checked that the file holds as many bytes as the shape takes. */
export function tensorInRows({ name, dtype, shape, bigEndian = false, bytes }: InRows): StoredTensor {
  const size = bytesPerElement[dtype];
  const readPart = async (start: number, length: number, scratch?: ArrayBuffer) => {
    const wanted = length * size;
    const into = scratch && wanted <= scratch.byteLength ? new Uint8Array(scratch, 0, wanted) : undefined;
    const part = await bytes(start * size, wanted, into);
    if (part === into && dtype === 'F32' && !bigEndian) return new Float32Array(into.buffer, 0, length);
    return toFloat32(bigEndian ? swapBytes(part, size) : part, dtype);
  };
  return { name, dtype, shape, read: () => readPart(0, elements(shape)), readPart };
}

/** A tensor that is read whole or not at all: of packed bytes, a part takes as long as all that comes before it. */
export const onlyWhole = ({ name, dtype, shape, read }: StoredTensor): StoredTensor => ({ name, dtype, shape, read });
