import { at, type Dataset } from './dataset.ts';

/** The examples at `indices`, in that order, as a data set. */
export const select = (dataset: Dataset, indices: ArrayLike<number>, name = dataset.name): Dataset => ({
  ...dataset,
  name,
  length: indices.length,
  labelOf: (index) => dataset.labelOf(at(name, indices, index)),
  example: (index) => dataset.example(at(name, indices, index)),
});

/** The indices of every class, one list a class. */
export function indicesByClass(dataset: Dataset): number[][] {
  const lists: number[][] = dataset.classes.map(() => []);
  for (let index = 0; index < dataset.length; index++) lists[dataset.labelOf(index)]?.push(index);
  return lists;
}
