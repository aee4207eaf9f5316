import { ZooError } from '@zoo/core';
import type { Recipe, Refinements } from '@zoo/spec';

/** What a training does beyond optimiser and schedule, with every default. `multipliers` are left out where the network's own count. */
export type SettledRefinements = Required<Omit<Refinements, 'multipliers'>> & Pick<Refinements, 'multipliers'>;

interface Range {
  least: number;
  /** Exclusive. */
  below?: number;
  whole?: boolean;
}

const ranges: Readonly<Record<keyof Omit<Refinements, 'multipliers'>, Range>> = {
  labelSmoothing: { least: 0, below: 1 },
  clipNorm: { least: 0 },
  accumulate: { least: 1, whole: true },
  ema: { least: 0, below: 1 },
  earlyStopping: { least: 0, whole: true },
};

function checked(name: keyof typeof ranges, value: number): number {
  const { least, below = Number.POSITIVE_INFINITY, whole = false } = ranges[name];
  if (value >= least && value < below && (!whole || Number.isInteger(value))) return value;
  const range = below === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to below ${below}`;
  throw new ZooError('usage', `${name}: is ${value}, expected a ${whole ? 'whole ' : ''}number ${range}.`);
}

/**
 * The options of a training, else its recipe's, else the defaults.
 *
 * @throws ZooError `usage` for a number out of its range.
 */
export function refinementsOf(options: Refinements, recipe: Recipe): SettledRefinements {
  const multipliers = options.multipliers ?? recipe.multipliers;
  const of = (name: keyof typeof ranges, usual: number): number =>
    checked(name, options[name] ?? recipe[name] ?? usual);
  return {
    labelSmoothing: of('labelSmoothing', 0),
    clipNorm: of('clipNorm', 0),
    accumulate: of('accumulate', 1),
    ema: of('ema', 0),
    earlyStopping: of('earlyStopping', 0),
    ...(multipliers && { multipliers }),
  };
}
