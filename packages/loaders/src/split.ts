import { random, ZooError } from '@zoo/core';
import type { Dataset } from './dataset.ts';
import { indicesByClass, select } from './select.ts';

/**
 * Two parts without a common example: `fraction` of every class, and the rest, but at least one example of every class in each.
 * Both keep the original order.
 *
 * @param fraction Of the first part, between 0 and 1.
 * @param seed Chooses who goes where. Default 0.
 * @throws ZooError `usage` for a fraction outside 0 to 1, `data` for a class of one example.
 */
export function split(dataset: Dataset, fraction: number, seed = 0): [Dataset, Dataset] {
  if (!(fraction > 0 && fraction < 1)) {
    throw new ZooError(
      'usage',
      `split of ${dataset.name}: fraction is ${fraction}, expected more than 0 and less than 1.`,
    );
  }
  const parts: [number[], number[]] = [[], []];
  for (const [label, indices] of indicesByClass(dataset).entries()) {
    if (indices.length === 1)
      throw new ZooError(
        'data',
        `split of ${dataset.name}: class ${dataset.classes[label]} has 1 example, expected at least 2, one for each part. Add some, or leave the class out.`,
      );
    const first = Math.min(Math.max(1, Math.round(indices.length * fraction)), indices.length - 1);
    for (const [place, at] of random(seed, label).permutation(indices.length).entries()) {
      parts[place < first ? 0 : 1].push(indices[at] ?? 0);
    }
  }
  const [first, rest] = parts;
  if (first.length === 0) throw new ZooError('data', `split of ${dataset.name}: it has no examples to split.`);
  const ascending = (a: number, b: number) => a - b;
  return [select(dataset, first.sort(ascending)), select(dataset, rest.sort(ascending))];
}
