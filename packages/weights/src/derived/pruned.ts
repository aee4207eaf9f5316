import { elements } from '@zoo/tensor-files';
import type { Derived, Tensors } from './derived.ts';

/** Weights of torch.nn.utils.prune: `NAME_orig` and `NAME_mask`, whose product is the weight. */
export function pruned(tensors: Tensors): Derived[] {
  return [...tensors.values()].flatMap((weight): Derived[] => {
    const name = /^(.*)_orig$/.exec(weight.name)?.[1];
    const mask = name === undefined ? undefined : tensors.get(`${name}_mask`);
    if (name === undefined || !mask || elements(mask.shape) !== elements(weight.shape)) return [];
    const read = async () => {
      const [values, kept] = [await weight.read(), await mask.read()];
      return values.map((value, index) => value * (kept[index] ?? 0));
    };
    const tensor = { name, dtype: 'F32' as const, shape: weight.shape, read };
    return [{ tensor, step: 'pruned', parts: [weight.name, mask.name] }];
  });
}
