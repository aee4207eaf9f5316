import type { ZooError } from '@zoo/core';
import { elements } from '@zoo/core';
import type { Bytes } from '../bytes.ts';
import { bytesPerElement, type Dtype, type StoredTensor } from '../tensor.ts';
import { swapBytes } from './swap-bytes.ts';
import { toFloat32 } from './to-float32.ts';

/** A tensor whose numbers lie in rows, one behind the other. */
export interface InRows {
  name: string;
  dtype: Dtype;
  shape: readonly number[];
  /** Default: false. */
  bigEndian?: boolean;
  /** The tensor's own: as many as the shape takes. */
  bytes: Bytes;
}

export function tensorInRows({ name, dtype, shape, bigEndian = false, bytes }: InRows): StoredTensor {
  const size = bytesPerElement[dtype];
  const asTheyAre = dtype === 'F32' && !bigEndian;
  const readPart = async (start: number, length: number, into?: Float32Array) => {
    const memory = into && asTheyAre ? new Uint8Array(into.buffer, into.byteOffset, into.byteLength) : undefined;
    const part = await bytes.read(start * size, length * size, memory);
    if (into && part === memory) return into;
    return toFloat32(bigEndian ? swapBytes(part, size) : part, dtype);
  };
  return { name, dtype, shape, read: () => readPart(0, elements(shape)), readPart };
}

/** A tensor of a type that is not read: the file opens, and whoever asks for the numbers is told why there are none. */
export const unreadableTensor = (name: string, shape: readonly number[], unreadable: ZooError): StoredTensor => ({
  name,
  dtype: 'OTHER',
  shape,
  unreadable,
  read: async () => {
    throw unreadable;
  },
});

/** A tensor that is read whole or not at all: of packed bytes, a part takes as long as all that comes before it. */
export const onlyWhole = ({ readPart: _parts, ...tensor }: StoredTensor): StoredTensor => tensor;
