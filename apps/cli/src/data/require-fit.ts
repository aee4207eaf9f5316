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
