import type { Schedule } from '@zoo/spec';
import { cosineBetween, plateauReductions } from './schedule-shapes.ts';

/** The same learning rate throughout. */
export const constant = (): Schedule => ({ kind: 'constant' });

/** Multiplies the rate by `factor` (default 0.1) after each of the epochs `after`. */
export const stepDecay = ({ after, factor = 0.1 }: { after: readonly number[]; factor?: number }): Schedule => ({
  kind: 'step',
  after,
  factor,
});

/** Options of `plateau`. */
export interface PlateauOptions {
  /** Epochs without improvement that are waited for. Default: 5. */
  patience?: number;
  /** Default: 0.1. */
  factor?: number;
  /** A loss counts as better when it is below `1 − threshold` times the best. Default: 0; PyTorch's is 1e-4. */
  threshold?: number;
  /** Epochs after a reduction that do not count. Default: 0. */
  cooldown?: number;
  /** The factor on the rate never falls below this. Default: 0. */
  least?: number;
}

/** Multiplies the rate by `factor` whenever the validation loss has not improved for `patience` epochs, as PyTorch's ReduceLROnPlateau. */
export const plateau = ({ patience = 5, factor = 0.1, ...more }: PlateauOptions = {}): Schedule => ({
  kind: 'plateau',
  patience,
  factor,
  ...more,
});

/** Rises over the first `warmup` share of all steps (default 0), then falls to nothing along half a cosine. */
export const cosine = ({ warmup = 0 }: { warmup?: number } = {}): Schedule => ({ kind: 'cosine', warmup });

/**
 * Rises from `from` (default 1/25) to the optimiser's rate over the `rise` share of all steps (default 0.3), then falls to `to` (default
 * 4e-6), along cosines (Smith and Topin 2018), as PyTorch's OneCycleLR with its defaults does to the rate. The momentum stays.
 */
export const oneCycle = ({
  rise = 0.3,
  from = 1 / 25,
  to = 4e-6,
}: {
  rise?: number;
  from?: number;
  to?: number;
} = {}): Schedule => ({ kind: 'one-cycle', rise, from, to });

/** Falls to nothing as `(1 − steps / all steps)^power` (default 1, a line): Caffe's `poly`, PyTorch's PolynomialLR. */
export const polynomial = ({ power = 1 }: { power?: number } = {}): Schedule => ({ kind: 'polynomial', power });

/** Any schedule with a linear rise over the first `share` of all steps: step k of n has k/n of the rate with which the schedule begins. */
export const withWarmup = (schedule: Schedule, share: number): Schedule => ({ ...schedule, warmup: share });

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

/** The factor without the warm-up. */
function shape(schedule: Schedule, { epochs, steps, totalSteps, losses }: ScheduleState): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** schedule.after.filter((epoch) => epochs >= epoch).length;
    case 'plateau':
      return Math.max(schedule.least ?? 0, schedule.factor ** plateauReductions(losses, schedule));
    case 'cosine':
      return cosineBetween(1, 0, steps / totalSteps);
    case 'one-cycle': {
      const { rise, from, to } = schedule;
      const [top, last] = [rise * totalSteps - 1, totalSteps - 1];
      return steps <= top
        ? cosineBetween(from, 1, top > 0 ? steps / top : 1)
        : cosineBetween(1, to, (steps - top) / (last - top));
    }
    case 'polynomial':
      return Math.max(0, 1 - steps / totalSteps) ** schedule.power;
  }
}

/** Factor on the optimiser's learning rate: a function of the position alone, so that resuming is exact. */
export function scheduleFactor(schedule: Schedule, state: ScheduleState): number {
  const { steps, totalSteps } = state;
  const warm = (schedule.warmup ?? 0) * totalSteps;
  const rest = Math.max(1, totalSteps - warm);
  if (steps < warm) return ((steps + 1) / warm) * shape(schedule, { ...state, steps: 0, totalSteps: rest });
  return shape(schedule, { ...state, steps: steps - warm, totalSteps: rest });
}
