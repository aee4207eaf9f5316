import { ZooError } from '@zoo/core';
import { elements, type StoredTensor } from '@zoo/tensor-files';
import type { Derived, Tensors } from './derived.ts';

/** A mask is 0 or 1: values in between would mean something else. */
function requireMask({ name }: StoredTensor, values: Float32Array): void {
  const found = values.find((value) => value !== 0 && value !== 1);
  if (found !== undefined)
    throw new ZooError(
      'weights',
      `${name}: holds ${found}, but a mask holds 0 and 1 alone. Multiply the weights by it where they were written.`,
    );
}

/**
 * Weights of torch.nn.utils.prune: `NAME_orig` and `NAME_mask`, whose product is the weight; and `NAME` with such a mask beside it, as NNI
 * keeps them, which the mask may have been applied to already.
 */
export function pruned(tensors: Tensors): Derived[] {
  return [...tensors.values()].flatMap((weight): Derived[] => {
    const name = weight.name.replace(/_orig$/, '');
    const mask = tensors.get(`${name}_mask`);
    if (
      !mask ||
      (weight.name === name && tensors.has(`${name}_orig`)) ||
      elements(mask.shape) !== elements(weight.shape)
    )
      return [];
    const read = async () => {
      const [values, kept] = [await weight.read(), await mask.read()];
      requireMask(mask, kept);
      return values.map((value, index) => value * (kept[index] ?? 0));
    };
    const tensor = { name, dtype: 'F32' as const, shape: weight.shape, read };
    return [{ tensor, step: 'pruned', parts: [weight.name, mask.name] }];
  });
}
