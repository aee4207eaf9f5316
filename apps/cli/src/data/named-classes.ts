import { ZooError } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';
import { listed } from '../rendering/listed.ts';
import { counted } from '../rendering/quantities.ts';
import { shownName } from '../rendering/shown-name.ts';
import { classFinder } from './class-named.ts';

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
  const placeOf = classFinder(labels);
  const unknownClasses = classes.filter((name) => placeOf(name) < 0);
  if (unknownClasses.length > 0)
    throw new ZooError(
      'data',
      `${source}: its ${unknownClasses.length === 1 ? 'class' : 'classes'} ${listed(unknownClasses)} ${unknownClasses.length === 1 ? 'is' : 'are'} none of ${weights}, which tells ${counted(labels.length, 'class', 'classes')} apart: ${listed(labels)}. Choose the data it was trained for, or name folders as its classes.`,
    );
  const twice = classes
    .map((name) => labels[placeOf(name)] ?? '')
    .find((label) => labels.indexOf(label) !== labels.lastIndexOf(label));
  if (twice !== undefined)
    throw new ZooError(
      'data',
      `${weights}: has two classes named ${twice}, so ${source} does not say which one it means. Test on all ${labels.length} classes in their order.`,
    );
}

const isAlike = (classes: readonly string[], labels: readonly string[]): boolean =>
  classes.length === labels.length && classes.every((name, index) => name === labels[index]);

/** What is said of classes that are found by their names. */
function noteOf(
  source: string,
  classes: readonly string[],
  weights: string,
  labels: readonly string[],
  places: readonly number[],
): string {
  const found = new Set(places).size;
  const notes = [
    ...(found < labels.length
      ? [
          `has ${found} of the ${labels.length} classes of ${weights}, ${listed(classes)}. Predictions may be any of the ${labels.length}`,
        ]
      : []),
    ...(found === labels.length && places.some((place, index) => place !== index)
      ? [`has the classes of ${weights} in another order. They are matched by their names`]
      : []),
  ];
  const renamed = classes.flatMap((name, index) => {
    const label = labels[places[index] ?? -1] ?? name;
    return label.normalize('NFC') === name.normalize('NFC') ? [] : [`${shownName(name)} for ${shownName(label)}`];
  });
  if (renamed.length > 0) notes.push(`its folders stand for classes of other spellings: ${listed(renamed)}`);
  return `${source}: ${notes.join('; ')}.`;
}

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
  const places = classes.map(classFinder(labels));
  const placeOf = (label: number): number => places[label] ?? label;
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
    note: noteOf(source, data.classes, weights, labels, places),
  };
}
