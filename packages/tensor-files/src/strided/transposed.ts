import type { StoredTensor } from '../tensor.ts';
import { permuted, viewOf } from './view.ts';

/**
 * A stored tensor with its axes in another order, whole when it is read.
 *
 * @param order Which of its axes comes first, second, ...
 */
export function transposed(
  { name, dtype, shape, read }: StoredTensor,
  order: readonly number[],
  newName: string = name,
): StoredTensor {
  const view = permuted(viewOf(shape), order);
  return {
    name: newName,
    dtype,
    shape: view.sizes,
    read: async () => (await import('./copy.ts')).reordered(await read(), view),
  };
}
