import { stopsEarly } from '@zoo/trainers';
import type { RunRecord } from '../run/run-record.ts';

/** Whether training has ended by itself, since the test loss fell no longer. */
export const stoppedByItself = ({ epochs, options }: Pick<RunRecord, 'epochs' | 'options'>): boolean =>
  epochs.length < options.recipe.epochs &&
  stopsEarly(
    epochs.map(({ validation }) => validation.loss),
    options.recipe.earlyStopping ?? 0,
  );
