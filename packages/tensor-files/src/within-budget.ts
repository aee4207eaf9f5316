import { elements } from '@zoo/core';
import { damaged } from './damaged.ts';
import { unreadableTensor } from './elements/stored-tensor.ts';
import type { Meter } from './meter.ts';
import { bytesPerElement, type StoredTensor } from './tensor.ts';

/** Limit for the name of a tensor: in the deepest networks it has some hundred characters. */
const maxNameLength = 1000;

/** The most bytes that one array of a tensor takes while it is read and converted to floats. */
const peakBytes = ({ dtype, shape }: StoredTensor): number =>
  elements(shape) * Math.max(4, dtype === 'OTHER' ? 0 : bytesPerElement[dtype]);

/** The same tensors, but reading one that would exceed the budget throws. */
export function withinBudget(
  tensors: ReadonlyMap<string, StoredTensor>,
  meter: Meter,
  place: string,
): ReadonlyMap<string, StoredTensor> {
  let kept: Map<string, StoredTensor> | undefined;
  let total = 0;
  for (const [name, tensor] of tensors) {
    if (name.length > maxNameLength)
      throw damaged(
        place,
        `has a tensor whose name, ${name.slice(0, 40)}..., has ${name.length} letters, more than ${maxNameLength}`,
      );
    if (tensor.unreadable) continue;
    const bytes = peakBytes(tensor);
    const called = `${place}: ${name.slice(0, 200)}`;
    const excess = meter.excess(bytes, called) ?? meter.excess(total + bytes, `${called}, with those before it,`, 2);
    if (!excess) {
      total += bytes;
      continue;
    }
    kept ??= new Map(tensors);
    kept.set(name, unreadableTensor(tensor.name, tensor.shape, excess));
  }
  return kept ?? tensors;
}
