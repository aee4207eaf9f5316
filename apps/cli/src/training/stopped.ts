import { percent } from '../rendering/quantities.ts';
import { epochsText } from '../run/epochs-done.ts';
import type { RunRecord } from '../run/run-record.ts';

type TrainedSoFar = Pick<RunRecord, 'epochs' | 'steps' | 'options'>;

/** Whether training ended before its last epoch. */
export const endedEarly = ({ epochs, options }: TrainedSoFar): boolean => epochs.length < options.recipe.epochs;

/** How training went in an epoch that it did not bring to its end. */
function unfinishedEpoch({ epochs, steps }: TrainedSoFar): string[] {
  const own = steps.filter(({ epoch }) => epoch > epochs.length);
  const examples = own.reduce((sum, one) => sum + one.examples, 0);
  if (examples === 0) return [];
  const mean = (value: (one: RunRecord['steps'][number]) => number) =>
    own.reduce((sum, one) => sum + one.examples * value(one), 0) / examples;
  return [`training: loss ${mean(({ loss }) => loss).toFixed(3)}, accuracy ${percent(mean((one) => one.accuracy))}`];
}

/**
 * How far training came, where it ended before its last epoch.
 *
 * @param why Such as `--max-minutes 3`.
 */
export function stoppedText(done: TrainedSoFar, why: string, columns: number): string {
  const parts = [`stopped by ${why} after ${epochsText(done)}`, ...unfinishedEpoch(done)];
  const line = parts.join('   ');
  return line.length <= columns ? line : parts.join('\n  ');
}
