import { isZooError, type Parse, parseInteger, ZooError } from '@zoo/core';
import {
  type Augmentation,
  type Optimizer,
  parseChangedMultipliers,
  parseOptimizer,
  parseSchedule,
  type Recipe,
  type Schedule,
} from '@zoo/spec';
import { refinementsOf, type SettledRefinements } from './refinements.ts';
import type { TrainOptions } from './train-options.ts';

/** The options of a training, with its recipe's in place of those that are left out. */
export interface SettledOptions {
  seed: number;
  epochs: number;
  batchSize: number;
  optimizer: Optimizer;
  schedule: Schedule;
  augment: readonly Augmentation[];
  refinements: SettledRefinements;
}

/** What a reader of files refuses is refused here too, without its advice on files. */
function required<T>(parse: Parse<T>, value: unknown, name: string): T {
  try {
    return parse(value, name);
  } catch (error) {
    if (!isZooError(error)) throw error;
    throw new ZooError('usage', `train: ${error.what}`, { cause: error });
  }
}

const wholeNumber = parseInteger(0, Number.MAX_SAFE_INTEGER);
const anyWholeNumber = parseInteger(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/** More than this is no mistake of typing: training diverges at once, and says so. Files may not ask for it. */
const highestRate = 1e9;

function requireOptimizer(optimizer: Optimizer): void {
  const { learningRate } = optimizer;
  const isTooHigh = Number.isFinite(learningRate) && learningRate > highestRate;
  required(parseOptimizer, isTooHigh ? { ...optimizer, learningRate: highestRate } : optimizer, 'optimizer');
}

/**
 * The options, checked before anything is computed: a number that is none would only be noticed when the weights have become NaN.
 * `batches` checks `batchSize`, and what makes the pipeline `augment`.
 *
 * @throws ZooError `usage` naming the field.
 */
export function settledOptions(options: TrainOptions, recipe: Recipe): SettledOptions {
  const { seed = 0, epochs = recipe.epochs, batchSize = recipe.batchSize } = options;
  const { optimizer = recipe.optimizer, schedule = recipe.schedule, augment = recipe.augment } = options;
  const refinements = refinementsOf(options, recipe);
  requireOptimizer(optimizer);
  if (refinements.multipliers) required(parseChangedMultipliers, refinements.multipliers, 'multipliers');
  return {
    seed: required(anyWholeNumber, seed, 'seed'),
    epochs: required(wholeNumber, epochs, 'epochs'),
    batchSize,
    optimizer,
    schedule: required(parseSchedule, schedule, 'schedule'),
    augment,
    refinements,
  };
}
