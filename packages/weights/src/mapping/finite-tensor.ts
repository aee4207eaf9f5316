import { allFinite, ZooError } from '@zoo/core';
import type { StoredTensor } from '@zoo/tensor-files';

/** @throws ZooError `not-finite`, where there is NaN or infinity among a tensor's numbers: the checkpoint of a training that has diverged. */
export function requireFinite(values: Float32Array, tensor: string, file: string): void {
  if (allFinite(values)) return;
  const found = values.find((value) => !Number.isFinite(value));
  throw new ZooError(
    'not-finite',
    `${file}: ${tensor} holds ${found}, expected finite values. The training that wrote it has diverged: use an earlier checkpoint, or train again with a lower learning rate.`,
  );
}

/** A stored tensor whose numbers are looked at as they are read. @throws ZooError `not-finite` from its reads, as `requireFinite`. */
export function finiteTensor(tensor: StoredTensor, file: string): StoredTensor {
  const checked = (values: Float32Array): Float32Array => {
    requireFinite(values, tensor.name, file);
    return values;
  };
  const readPart = tensor.readPart?.bind(tensor);
  return {
    ...tensor,
    read: async () => checked(await tensor.read()),
    ...(readPart && { readPart: async (...part: Parameters<typeof readPart>) => checked(await readPart(...part)) }),
  };
}
