import { existsSync } from 'node:fs';
import { ZooError } from '@zoo/core';
import type { DataSource } from './data-source.ts';
import { isWithin } from './is-within.ts';

/**
 * A run among the pictures would be one of their classes: its own drawings would be trained on.
 *
 * @param isAsked Whether the user named the folder.
 * @throws ZooError `usage` for a folder of a run that lies in the data.
 */
export function requireOutside(out: string, isAsked: boolean, { kind, given, parts, test }: DataSource): void {
  if (kind !== 'folder') return;
  const folders = parts ? [parts.training, parts.test] : [given, ...(test === undefined ? [] : [test])];
  const around = folders.find((folder) => existsSync(folder) && isWithin(folder, out));
  if (around !== undefined)
    throw new ZooError(
      'usage',
      `${isAsked ? '--out ' : ''}${out}: ${isAsked ? '' : 'the folder of the run '}lies in ${around}, whose folders are classes of pictures: the run would be one of them. ${isAsked ? 'Choose' : 'Pass'} an --out elsewhere.`,
    );
}
