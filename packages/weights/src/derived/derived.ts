import { ZooError } from '@zoo/core';
import { type StoredTensor, unreadableTensor } from '@zoo/tensor-files';

/**
 * What is computed from several tensors of a file, because none of them is the weight itself.
 *
 * - `rounded as in training`: By the scales of a training that rounds weights.
 * - `transposed`: Of an ONNX graph that multiplies by `[in, out]`.
 * - `scaled`: By the factors of a Gemm.
 * - `left out`: A bias of zeros, or a factor of ones, of a layer that has none.
 */
export type DerivedStep =
  | 'dequantised'
  | 'weight norm'
  | 'spectral norm'
  | 'pruned'
  | 'rounded as in training'
  | 'low-rank update'
  | 'transposed'
  | 'scaled'
  | 'left out';

/** A weight that is made of others. */
export interface Derived {
  tensor: StoredTensor;
  /** Left out where it is a tensor of the file, under another name or as it is. */
  step?: DerivedStep;
  /** Names of the tensors that it is made of. */
  parts: readonly string[];
}

export type Tensors = ReadonlyMap<string, StoredTensor>;

/** A weight that cannot be made of its parts. It is refused when it is needed, and never mistaken for one that is whole. */
export const unreadableWeight = (name: string, shape: readonly number[], what: string, advice: string): StoredTensor =>
  unreadableTensor(name, shape, new ZooError('weights', `${name}: ${what}. ${advice}.`));
