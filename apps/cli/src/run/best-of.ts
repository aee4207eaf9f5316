import { bestEpoch } from '@zoo/trainers';
import type { EpochRecord, RunRecord } from './run-record.ts';

/** The best complete epoch of a run: the one whose checkpoint `--keep-best` keeps. Nothing before the first. */
export function bestOf({ epochs }: Pick<RunRecord, 'epochs'>): EpochRecord | undefined {
  const best = bestEpoch(epochs.map(({ validation }) => ({ loss: validation.loss, accuracy: validation.top1 })));
  return best === undefined ? undefined : epochs[best - 1];
}
