import { at, type Dataset } from './dataset.ts';

/**
 * The examples at `indices`, in that order, as a data set.
 *
 * @param name Default: the data set's.
 */
export function select(dataset: Dataset, indices: ArrayLike<number>, name: string = dataset.name): Dataset {
  const { nameOf, hashOf, sourceOf } = dataset;
  const inSet = (index: number) => at(name, indices, index);
  return {
    ...dataset,
    name,
    length: indices.length,
    labelOf: (index) => dataset.labelOf(inSet(index)),
    ...(nameOf && { nameOf: (index) => nameOf(inSet(index)) }),
    ...(hashOf && { hashOf: async (index) => hashOf(inSet(index)) }),
    ...(sourceOf && { sourceOf: (index) => sourceOf(inSet(index)) }),
    example: (index) => dataset.example(inSet(index)),
  };
}

/** The indices of every class, one list a class. */
export function indicesByClass(dataset: Dataset): number[][] {
  const lists: number[][] = dataset.classes.map(() => []);
  for (let index = 0; index < dataset.length; index++) lists[dataset.labelOf(index)]?.push(index);
  return lists;
}
