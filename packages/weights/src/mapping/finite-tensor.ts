import { allFinite, ZooError } from '@zoo/core';
import type { StoredTensor } from '@zoo/tensor-files';

/**
 * A stored tensor whose numbers are looked at as they are read.
 *
 * @throws ZooError `not-finite` from its reads, where there is NaN or infinity: the checkpoint of a training that has diverged.
 */
export function finiteTensor(tensor: StoredTensor, file: string): StoredTensor {
  const checked = (values: Float32Array): Float32Array => {
    if (allFinite(values)) return values;
    const found = values.find((value) => !Number.isFinite(value));
    throw new ZooError(
      'not-finite',
      `${file}: ${tensor.name} holds ${found}, expected finite values. The training that wrote it has diverged: use an earlier checkpoint, or train again with a lower learning rate.`,
    );
  };
  const readPart = tensor.readPart?.bind(tensor);
  return {
    ...tensor,
    read: async () => checked(await tensor.read()),
    ...(readPart && { readPart: async (...part: Parameters<typeof readPart>) => checked(await readPart(...part)) }),
  };
}
