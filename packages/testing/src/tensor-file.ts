import type { NamedTensor, StoredTensor, TensorFile } from '@zoo/tensor-files';

/** Tensors in memory, as an open file of them. */
export const tensorFile = (tensors: readonly NamedTensor[], name = 'a file'): TensorFile => ({
  name,
  tensors: new Map(
    tensors.map(({ name, shape, data }): [string, StoredTensor] => [
      name,
      { name, dtype: 'F32', shape, read: async () => data() },
    ]),
  ),
  metadata: {},
  close: async () => {},
});
