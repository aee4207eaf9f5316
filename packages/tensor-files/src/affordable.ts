import { elements } from '@zoo/core';
import { damaged } from './damaged.ts';
import { unreadableTensor } from './elements/stored-tensor.ts';
import type { Meter } from './meter.ts';
import { bytesPerElement, type StoredTensor } from './tensor.ts';

/** Of the name of a tensor: with the deepest networks it has some hundred letters. */
const longestName = 1000;

/** The most bytes that one array of a tensor takes on its way from the file to floats. */
const heldBytes = ({ dtype, shape }: StoredTensor): number =>
  elements(shape) * Math.max(4, dtype === 'OTHER' ? 0 : bytesPerElement[dtype]);

/** Tensors, of which those that would take more memory than the budget allows say so when they are asked for. */
export function affordable(
  tensors: ReadonlyMap<string, StoredTensor>,
  meter: Meter,
  place: string,
): ReadonlyMap<string, StoredTensor> {
  let kept: Map<string, StoredTensor> | undefined;
  let total = 0;
  for (const [name, tensor] of tensors) {
    if (name.length > longestName)
      throw damaged(
        place,
        `has a tensor whose name, ${name.slice(0, 40)}..., has ${name.length} letters, more than ${longestName}`,
      );
    if (tensor.unreadable) continue;
    const bytes = heldBytes(tensor);
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
