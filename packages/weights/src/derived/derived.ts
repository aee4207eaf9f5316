import { ZooError } from '@zoo/core';
import type { StoredTensor } from '@zoo/tensor-files';

/** What is computed from several tensors of a file, because none of them is the weight itself. */
export type DerivedStep = 'dequantised' | 'weight norm' | 'spectral norm' | 'pruned';

/** A weight that is made of others. */
export interface Derived {
  tensor: StoredTensor;
  step: DerivedStep;
  /** Names of the tensors that it is made of. */
  parts: readonly string[];
}

export type Tensors = ReadonlyMap<string, StoredTensor>;

/** A weight that cannot be made of its parts. It is refused when it is needed, and never mistaken for one that is whole. */
export function refused(name: string, shape: readonly number[], what: string, advice: string): StoredTensor {
  const unreadable = new ZooError('weights', `${name}: ${what}. ${advice}.`);
  return {
    name,
    dtype: 'OTHER',
    shape,
    unreadable,
    read: async () => {
      throw unreadable;
    },
  };
}
