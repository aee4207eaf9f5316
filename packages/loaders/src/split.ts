import { random, ZooError } from '@zoo/core';
import type { Dataset } from './dataset.ts';
import { indicesByClass, select } from './select.ts';
import { inFirstPartByName } from './split-by-name.ts';

/** The same for examples without names: as many as the fraction says, drawn with the seed. */
function inFirstPartByIndex(length: number, fraction: number, draw: (length: number) => Uint32Array): boolean[] {
  const first = Math.min(Math.max(1, Math.round(length * fraction)), length - 1);
  const isFirst = Array<boolean>(length).fill(false);
  for (const place of draw(length).subarray(0, first)) isFirst[place] = true;
  return isFirst;
}

/**
 * Two parts without a common example: about `fraction` of every class, and the rest, but at least one example of every class in each.
 * Both keep the original order.
 *
 * Where the examples have names, a hash of name and seed decides for each of them alone. So an example stays on its side when others
 * are added, taken away or put in another order, and the share is met only on average: of a class of 100, 0.9 leaves out 10, give or
 * take 3. One example of a class may move after all, where a part had none of this class but for it: keep the names of the parts to
 * be sure. Without names, every share is met to the nearest whole number, and depends on the number of examples and their order.
 *
 * @param fraction Of the first part, between 0 and 1.
 * @param seed Chooses which example belongs to which part. Default 0.
 * @throws ZooError `usage` for a fraction outside 0 to 1, `data` for a class of one example.
 */
export function split(dataset: Dataset, fraction: number, seed = 0): [Dataset, Dataset] {
  if (!(fraction > 0 && fraction < 1)) {
    throw new ZooError(
      'usage',
      `split of ${dataset.name}: fraction is ${fraction}, expected more than 0 and less than 1.`,
    );
  }
  const { nameOf } = dataset;
  const parts: [number[], number[]] = [[], []];
  for (const [label, indices] of indicesByClass(dataset).entries()) {
    if (indices.length === 0) continue;
    if (indices.length === 1)
      throw new ZooError(
        'data',
        `split of ${dataset.name}: class ${dataset.classes[label]} has 1 example, expected at least 2, one for each part. Add some, or leave the class out.`,
      );
    const isFirst = nameOf
      ? inFirstPartByName(indices.map(nameOf), fraction, seed)
      : inFirstPartByIndex(indices.length, fraction, (length) => random(seed, label).permutation(length));
    for (const [i, index] of indices.entries()) parts[isFirst[i] ? 0 : 1].push(index);
  }
  const [first, rest] = parts;
  if (first.length === 0) throw new ZooError('data', `split of ${dataset.name}: it has no examples to split.`);
  const ascending = (a: number, b: number) => a - b;
  return [select(dataset, first.sort(ascending)), select(dataset, rest.sort(ascending))];
}
