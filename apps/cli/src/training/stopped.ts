import { percent } from '../rendering/quantities.ts';
import { epochsText } from '../run/epochs-done.ts';
import type { RunRecord } from '../run/run-record.ts';
import { unfinishedEpoch } from '../run/unfinished-epoch.ts';

type TrainedSoFar = Pick<RunRecord, 'epochs' | 'steps' | 'options'>;

/** Whether training ended before its last epoch. */
export const endedEarly = ({ epochs, options }: TrainedSoFar): boolean => epochs.length < options.recipe.epochs;

/**
 * How far training came, where it ended before its last epoch.
 *
 * @param why Such as `--max-minutes 3`.
 */
export function stoppedText(done: TrainedSoFar, why: string, columns: number): string {
  const part = unfinishedEpoch(done);
  const parts = [
    `stopped by ${why} after ${epochsText(done)}`,
    ...(part ? [`training: loss ${part.loss.toFixed(3)}, accuracy ${percent(part.accuracy)}`] : []),
  ];
  const line = parts.join('   ');
  return line.length <= columns ? line : parts.join('\n  ');
}
