import { ZooError } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';
import { networkFlags } from '../options/network-options.ts';
import { counted } from '../rendering/quantities.ts';

/** The number of classes that the data has. @throws ZooError `usage` when the user asked for another. */
export function classesOf(source: string, { classes }: Dataset, asked: number | undefined): number {
  if (asked === undefined || asked === classes.length) return classes.length;
  throw new ZooError(
    'usage',
    `${networkFlags.classes} ${asked}: ${source} has ${counted(classes.length, 'class', 'classes')}. Leave ${networkFlags.classes} out, it follows from the data.`,
  );
}

/**
 * For weights that are asked about a data set.
 *
 * @throws ZooError `data` unless they were trained for the same classes.
 */
export function requireSameClasses(
  source: string,
  { classes }: Dataset,
  weights: string,
  labels: readonly string[],
): void {
  if (classes.length !== labels.length)
    throw new ZooError(
      'data',
      `${weights}: tells ${counted(labels.length, 'class', 'classes')} apart, but ${source} has ${classes.length}. Choose the data it was trained for.`,
    );
  const other = labels.findIndex((label, index) => label !== classes[index]);
  if (other >= 0)
    throw new ZooError(
      'data',
      `${weights}: its class ${other + 1} is '${labels[other]}', but that of ${source} is '${classes[other]}'. Choose the data it was trained for.`,
    );
}
