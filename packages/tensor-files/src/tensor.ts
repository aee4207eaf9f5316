import type { ZooError } from '@zoo/core';
import type { StatedNetwork } from './stated-network.ts';

/** Element types of checkpoints, by safetensors' names. */
export type Dtype =
  | 'F64'
  | 'F32'
  | 'F16'
  | 'BF16'
  | 'F8_E4M3'
  | 'F8_E5M2'
  | 'I64'
  | 'I32'
  | 'I16'
  | 'I8'
  | 'U64'
  | 'U32'
  | 'U16'
  | 'U8'
  | 'BOOL';

/** Bytes of one element. */
export const bytesPerElement: Readonly<Record<Dtype, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
};

/** A tensor of a file, whose elements are read on request. */
export interface StoredTensor {
  name: string;
  /** `OTHER` stands for a type that is not read: see `unreadable`. */
  dtype: Dtype | 'OTHER';
  shape: readonly number[];
  /** The type in which it is stored, where it is quantised: `read` gives the dequantised numbers. */
  quantised?: Dtype;
  /** Why its elements cannot be read: the error that `read` throws. Left out if they can. */
  unreadable?: ZooError;
  /** Reads the elements, in row-major order, as 32-bit floats. */
  read(): Promise<Float32Array>;
  /**
   * Reads `length` elements from index `start`, without reading the others. Only if the format supports it. They may be put into
   * `into`, which is of that length, instead of new memory: then `into` is returned.
   */
  readPart?(start: number, length: number, into?: Float32Array): Promise<Float32Array>;
}

/** An open file of tensors. */
export interface TensorFile {
  /** Name of the file, for messages. */
  name: string;
  /** Name of the format, if `openTensors` detected it. */
  format?: string;
  /** Bytes of the file, where `openTensors` opened it. */
  size?: number;
  /** SHA-256 of a file that was fetched, in hexadecimal digits. */
  sha256?: string;
  /** In the order of the file, or of its directory. */
  tensors: ReadonlyMap<string, StoredTensor>;
  metadata: Readonly<Record<string, string>>;
  /** If a checkpoint has several dictionaries of tensors: those besides `tensors`, the most likely first. */
  others?: readonly ReadonlyMap<string, StoredTensor>[];
  /** Paths of these dictionaries in the file, that of `tensors` first: `state_dict`, `history.0`; empty for the top. */
  places?: readonly string[];
  /** Notes for the user, such as skipped objects: sentences without the file's name and a full stop. */
  notes?: readonly string[];
  /** The network that the file describes for its tensors. Left out if it holds only tensors. */
  network?: StatedNetwork;
  close(): Promise<void>;
}

/** A tensor to be written. */
export interface NamedTensor {
  name: string;
  shape: readonly number[];
  /** Type of the written elements. I64 is for counts, such as PyTorch's `num_batches_tracked`. Default: F32. */
  dtype?: 'F32' | 'I64';
  /** Called when the tensor is written, so that only one needs to be in memory. */
  data(): Float32Array | Promise<Float32Array>;
}
