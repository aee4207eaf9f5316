import { ZooError } from '@zoo/core';
import { datasetClasses } from '@zoo/loaders';
import { counted } from '../rendering/quantities.ts';
import type { DataSource } from './data-source.ts';
import { requireClassesOf } from './named-classes.ts';

/** The classes of a network. */
export interface NetworkClasses {
  /** What the network is called in messages. */
  name: string;
  classes: number;
  /** Names of the classes, where they are known. */
  labels: readonly string[];
}

/**
 * Finds out, before anything is fetched, whether a network can be tested on a data set of the zoo.
 *
 * @throws ZooError `data` where the data set has classes that the network does not tell.
 */
export function requireClasses(
  { given, name: source, kind }: DataSource,
  { name, classes, labels }: NetworkClasses,
): void {
  const own = kind === 'data set' ? datasetClasses[given] : undefined;
  if (!own) return;
  if (labels.length > 0) requireClassesOf(source, own, name, labels);
  else if (own.length !== classes)
    throw new ZooError(
      'data',
      `${source}: has ${counted(own.length, 'class', 'classes')}, but ${name} tells ${classes} apart. Choose the data it was trained for.`,
    );
}
