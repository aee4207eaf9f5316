import { random } from '@zoo/core';
import type { Dataset } from './dataset.ts';
import { requireWhole } from './image.ts';
import { indicesByClass, select } from './select.ts';

/**
 * `limit` examples, as many of each class as possible, chosen by `seed`.
 * One from every class in turn, so a smaller subset is the beginning of a larger one.
 *
 * @param limit More than there are gives all of them.
 * @param seed Default 0.
 * @throws ZooError `usage` for a limit below 1.
 */
export function subset(dataset: Dataset, limit: number, seed = 0): Dataset {
  requireWhole(`subset of ${dataset.name}`, 'limit', limit, 1);
  if (limit >= dataset.length) return dataset;
  const shuffled = indicesByClass(dataset).map((indices, label) =>
    Array.from(random(seed, label).permutation(indices.length), (at) => indices[at] ?? 0),
  );
  const chosen: number[] = [];
  for (let round = 0; chosen.length < limit; round++) {
    for (const indices of shuffled) {
      const index = indices[round];
      if (index !== undefined && chosen.length < limit) chosen.push(index);
    }
  }
  return select(dataset, chosen, `${dataset.name}, ${limit} of ${dataset.length}`);
}
