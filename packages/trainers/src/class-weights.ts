import { nearestName, ZooError } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';

/** The weight of each class in the loss, by its name; default 1. `balanced`: every class has the same total weight, however many pictures it has. */
export type ClassWeights = 'balanced' | Readonly<Record<string, number>>;

/** The least and the greatest weight of a class. Weights are kept in 32 bits: beyond these they would become 0, or infinite. */
export const classWeightBounds = [1e-37, 1e37] as const;
const [least, most] = classWeightBounds;

/** `pictures / (classes · pictures of the class)`, as scikit-learn balances; a class without any counts 1. */
function balanced(dataset: Dataset): Float32Array {
  const counts = new Float64Array(dataset.classes.length);
  for (let index = 0; index < dataset.length; index++) {
    const label = dataset.labelOf(index);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return Float32Array.from(counts, (count) => (count === 0 ? 1 : dataset.length / (counts.length * count)));
}

/**
 * A weight for each class of a data set, in the order of its labels.
 *
 * @throws ZooError `unknown-name` for a class that it does not have, `usage` for a weight that is no number from 1e-37 to 1e37.
 */
export function classWeightsOf(dataset: Dataset, weights: ClassWeights): Float32Array {
  if (weights === 'balanced') return balanced(dataset);
  if (typeof weights !== 'object' || Array.isArray(weights))
    throw new ZooError(
      'usage',
      `classWeights: is ${String(weights)}, expected balanced, or an object such as { cat: 2 }.`,
    );
  const { classes } = dataset;
  for (const [name, weight] of Object.entries(weights)) {
    if (!classes.includes(name)) {
      const nearest = nearestName(name, classes);
      throw new ZooError(
        'unknown-name',
        `${name}: ${dataset.name} has no such class${nearest === undefined ? '.' : `; did you mean ${nearest}?`} Classes: ${classes.join(', ')}.`,
      );
    }
    if (!(weight >= least && weight <= most))
      throw new ZooError(
        'usage',
        `${name}: its class weight is ${weight}, expected a number above 0, from ${least} to ${most}.`,
      );
  }
  return Float32Array.from(classes, (name) => (Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1));
}
