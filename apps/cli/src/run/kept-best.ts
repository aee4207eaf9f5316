import { existsSync } from 'node:fs';
import { isZooError } from '@zoo/core';
import { bestOf } from './best-of.ts';
import type { RunFolder } from './run-folder.ts';
import { checkpointProgress, type RunProgress } from './run-progress.ts';
import type { EpochRecord, RunRecord } from './run-record.ts';

/** Why the file of the best epoch is not there to be used, in words that go on after its name. */
type Lost = 'is missing' | 'is damaged' | 'is of another epoch or run';

/** The best epoch of a run with `--keep-best`. */
export interface KeptBest {
  epoch: EpochRecord;
  /** Where its checkpoint is not what is kept. */
  lost?: Lost;
}

/** The first epoch that two trainings have done differently, as far as both have come. Results of epochs are never alike by chance. */
export function firstDifference(
  { epochs }: Pick<RunProgress, 'epochs'>,
  other: Pick<RunProgress, 'epochs'>,
): number | undefined {
  const found = epochs.findIndex(({ loss, accuracy, validation }, index) => {
    const theirs = other.epochs[index];
    if (!theirs) return false;
    return loss !== theirs.loss || accuracy !== theirs.accuracy || validation.loss !== theirs.validation.loss;
  });
  return found < 0 ? undefined : found + 1;
}

async function lostBest(file: string, epoch: EpochRecord, progress: RunProgress): Promise<Lost | undefined> {
  if (!existsSync(file)) return 'is missing';
  try {
    const found = await checkpointProgress(file, progress);
    if (!found) return 'is missing';
    const isIt = found.epochs.length === epoch.epoch && firstDifference(found, progress) === undefined;
    return isIt ? undefined : 'is of another epoch or run';
  } catch (error) {
    if (isZooError(error) && error.code === 'corrupt-file') return 'is damaged';
    throw error;
  }
}

/**
 * The best epoch of a run, and whether its file still is what it was.
 *
 * @returns Nothing for a run that keeps none, or has done no epoch yet.
 */
export async function keptBest(
  { best: file }: RunFolder,
  { options, epochs, steps }: Pick<RunRecord, 'options' | 'epochs' | 'steps'>,
): Promise<KeptBest | undefined> {
  const epoch = options.keepBest ? bestOf({ epochs }) : undefined;
  if (!epoch) return undefined;
  const lost = await lostBest(file, epoch, { epochs, steps });
  return { epoch, ...(lost && { lost }) };
}
