import { ZooError } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';
import { listed } from '../rendering/listed.ts';
import { counted } from '../rendering/quantities.ts';

/**
 * @param classes Names of the data's classes.
 * @throws ZooError `data` for a class that the network does not know, or whose name it has twice.
 */
export function requireClassesOf(
  source: string,
  classes: readonly string[],
  weights: string,
  labels: readonly string[],
): void {
  if (isAlike(classes, labels)) return;
  const own = new Set(labels);
  const unknownClasses = classes.filter((name) => !own.has(name));
  if (unknownClasses.length > 0)
    throw new ZooError(
      'data',
      `${source}: its ${unknownClasses.length === 1 ? 'class' : 'classes'} ${listed(unknownClasses)} ${unknownClasses.length === 1 ? 'is' : 'are'} none of ${weights}, which tells ${counted(labels.length, 'class', 'classes')} apart: ${listed(labels)}. Choose the data it was trained for, or name folders as its classes.`,
    );
  const twice = classes.find((name) => labels.indexOf(name) !== labels.lastIndexOf(name));
  if (twice !== undefined)
    throw new ZooError(
      'data',
      `${weights}: has two classes named ${twice}, so ${source} does not say which one it means. Test on all ${labels.length} classes in their order.`,
    );
}

const isAlike = (classes: readonly string[], labels: readonly string[]): boolean =>
  classes.length === labels.length && classes.every((name, index) => name === labels[index]);

/**
 * Pictures of some of the classes of a network, or of all in another order, with its labels: found by the classes' names.
 *
 * @param weights What the network is called in messages.
 * @param labels Names of its classes.
 * @returns With what to say about it, where the data had other labels.
 * @throws ZooError as `requireClassesOf`.
 */
export function withClassesOf(
  source: string,
  data: Dataset,
  weights: string,
  labels: readonly string[],
): { data: Dataset; note?: string } {
  const { classes } = data;
  if (isAlike(classes, labels)) return { data };
  requireClassesOf(source, classes, weights, labels);
  const places = classes.map((name) => labels.indexOf(name));
  const placeOf = (label: number): number => places[label] ?? label;
  const note =
    classes.length === labels.length
      ? `${source}: has the classes of ${weights} in another order. They are matched by their names.`
      : `${source}: has ${classes.length} of the ${labels.length} classes of ${weights}, ${listed(classes)}. Predictions may be any of the ${labels.length}.`;
  return {
    data: {
      ...data,
      classes: labels,
      labelOf: (index) => placeOf(data.labelOf(index)),
      async example(index) {
        const one = await data.example(index);
        return { ...one, label: placeOf(one.label) };
      },
    },
    note,
  };
}
