import { counted } from '../rendering/quantities.ts';
import type { RunRecord } from './run-record.ts';

/** How far training came, in epochs from the start, with the part of one that was broken off: `1`, `2.4`. */
export const epochsDone = ({ epochs, steps }: Pick<RunRecord, 'epochs' | 'steps'>): number =>
  Number(Math.max(epochs.length, steps.at(-1)?.epoch ?? 0).toFixed(2));

/** `2.4 of 10 epochs`. */
export const epochsText = (record: Pick<RunRecord, 'epochs' | 'steps' | 'options'>): string =>
  `${epochsDone(record).toLocaleString('en-US')} of ${counted(record.options.recipe.epochs, 'epoch')}`;
