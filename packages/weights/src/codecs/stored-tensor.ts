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
  bytes(offset: number, length: number): Promise<Uint8Array>;
}

/** The caller has checked that the file holds as many bytes as the shape takes. */
export function tensorInRows({ name, dtype, shape, bigEndian = false, bytes }: InRows): StoredTensor {
  const size = bytesPerElement[dtype];
  const readPart = async (start: number, length: number) => {
    const part = await bytes(start * size, length * size);
    return toFloat32(bigEndian ? swapBytes(part, size) : part, dtype);
  };
  return { name, dtype, shape, read: () => readPart(0, elements(shape)), readPart };
}
