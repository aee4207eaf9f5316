import type { Schedule } from '@zoo/spec';

/** The same learning rate throughout. */
export const constant = (): Schedule => ({ kind: 'constant' });

/** Multiplies the rate by `factor` (default 0.1) after each of the epochs `after`. */
export const stepDecay = ({ after, factor = 0.1 }: { after: readonly number[]; factor?: number }): Schedule => ({
  kind: 'step',
  after,
  factor,
});

/** Multiplies the rate by `factor` (default 0.1) whenever the validation loss has not improved for `patience` epochs (default 5). */
export const plateau = ({ patience = 5, factor = 0.1 }: { patience?: number; factor?: number } = {}): Schedule => ({
  kind: 'plateau',
  patience,
  factor,
});

/** Rises over the first `warmup` share of all steps (default 0), then falls to nothing along half a cosine. */
export const cosine = ({ warmup = 0 }: { warmup?: number } = {}): Schedule => ({ kind: 'cosine', warmup });

/** The position of the training for which a rate is computed. */
export interface ScheduleState {
  /** Epochs that are complete. */
  epochs: number;
  /** Steps that are done, of all epochs. */
  steps: number;
  totalSteps: number;
  /** Validation loss of each complete epoch; training loss where there is no validation set. */
  losses: readonly number[];
}

function plateaus(losses: readonly number[], patience: number): number {
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  let count = 0;
  for (const loss of losses) {
    waited = loss < best ? 0 : waited + 1;
    best = Math.min(best, loss);
    if (waited > patience) {
      count += 1;
      waited = 0;
    }
  }
  return count;
}

/** Factor on the optimiser's learning rate: a function of the position alone, so that resuming is exact. */
export function scheduleFactor(schedule: Schedule, { epochs, steps, totalSteps, losses }: ScheduleState): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** schedule.after.filter((epoch) => epochs >= epoch).length;
    case 'plateau':
      return schedule.factor ** plateaus(losses, schedule.patience);
    case 'cosine': {
      const warm = schedule.warmup * totalSteps;
      if (steps < warm) return (steps + 1) / warm;
      return (1 + Math.cos((Math.PI * (steps - warm)) / (totalSteps - warm))) / 2;
    }
  }
}
