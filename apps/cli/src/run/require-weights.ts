import { existsSync, statSync } from 'node:fs';
import { ZooError } from '@zoo/core';
import { isKnownWeights } from '@zoo/spec';
import { commandName } from '../command-name.ts';
import { families, namesPreset } from '../families.ts';
import { runFolder } from './run-folder.ts';

export const isAddress = (given: string): boolean => /^https?:\/\//i.test(given);

/**
 * Finds out before a backend starts, and before anything is fetched, whether there are such weights.
 *
 * @throws ZooError `not-found` where there is nothing of that name, or a folder that is no run.
 */
export function requireWeights(given: string): void {
  if (isAddress(given)) return;
  if (!existsSync(given)) {
    if (isKnownWeights(given, families)) return;
    if (namesPreset(given))
      throw new ZooError(
        'not-found',
        `${given}: is a network without weights. Train it first (${commandName()} train ${given}), or name a run or weights.`,
      );
    throw new ZooError('not-found', `${given}: no such file or folder, expected a run of zoo train or its weights.`);
  }
  const { record } = runFolder(given);
  if (statSync(given).isDirectory() && !existsSync(record))
    throw new ZooError(
      'not-found',
      `${record}: cannot be read, expected the record of a run. Name a folder that zoo train made.`,
    );
}
