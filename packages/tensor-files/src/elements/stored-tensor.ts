import type { ZooError } from '@zoo/core';
import { elements } from '@zoo/core';
import type { Bytes } from '../bytes.ts';
import { bytesPerElement, type Dtype, type StoredTensor } from '../tensor.ts';
import { swapBytes } from './swap-bytes.ts';
import { toFloat32 } from './to-float32.ts';

/** A tensor whose elements are contiguous, in row-major order. */
export interface ContiguousTensor {
  name: string;
  dtype: Dtype;
  shape: readonly number[];
  /** Default: false. */
  bigEndian?: boolean;
  /** The bytes of the elements, as many as the shape takes. */
  bytes: Bytes;
}

export function contiguousTensor({ name, dtype, shape, bigEndian = false, bytes }: ContiguousTensor): StoredTensor {
  const size = bytesPerElement[dtype];
  const isNativeFloat32 = dtype === 'F32' && !bigEndian;
  const readPart = async (start: number, length: number, into?: Float32Array) => {
    const memory = into && isNativeFloat32 ? new Uint8Array(into.buffer, into.byteOffset, into.byteLength) : undefined;
    const part = await bytes.read(start * size, length * size, memory);
    if (into && part === memory) return into;
    return toFloat32(bigEndian ? swapBytes(part, size) : part, dtype);
  };
  return { name, dtype, shape, read: () => readPart(0, elements(shape)), readPart };
}

/** A tensor of an unsupported type: the file opens, but reading the tensor throws the reason. */
export const unreadableTensor = (name: string, shape: readonly number[], unreadable: ZooError): StoredTensor => ({
  name,
  dtype: 'OTHER',
  shape,
  unreadable,
  read: async () => {
    throw unreadable;
  },
});

/** A tensor without partial reads: in compressed data, a part takes as long as everything before it. */
export const withoutPartialReads = ({ readPart: _parts, ...tensor }: StoredTensor): StoredTensor => tensor;
