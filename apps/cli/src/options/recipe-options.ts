import { ZooError } from '@zoo/core';
import type { Optimizer, Recipe, Schedule } from '@zoo/spec';
import { adam, sgd } from '@zoo/trainers';
import { type Command, Option } from 'commander';
import { numberFromZero, positiveNumber, size } from './numbers.ts';

/** What may be changed about a preset's recipe, under the names that commander gives. */
export interface RecipeOptions {
  epochs?: number;
  batchSize?: number;
  optimizer?: Optimizer['kind'];
  lr?: number;
  momentum?: number;
  weightDecay?: number;
}

/** Adds the options that change a recipe. */
export const addRecipeOptions = (command: Command): Command =>
  command
    .option('--epochs <n>', "passes over the training pictures (default: the recipe's)", size)
    .option('--batch-size <n>', "pictures in one training step (default: the recipe's)", size)
    .addOption(
      new Option('--optimizer <name>', "how the gradient changes the weights (default: the recipe's)").choices([
        'sgd',
        'adam',
      ]),
    )
    .option(
      '--lr <rate>',
      "learning rate (default: the recipe's; where --optimizer changes it: 0.01 for sgd, 0.001 for adam)",
      positiveNumber,
    )
    .option('--momentum <share>', "of sgd (default: the recipe's, or 0.9)", numberFromZero(1))
    .option(
      '--weight-decay <factor>',
      "how strongly weights are drawn towards 0 (default: the recipe's; where --optimizer changes it: 0.0005 for sgd, 0 for adam)",
      numberFromZero(),
    );

function optimizerWith(recipe: Optimizer, { optimizer, lr, momentum, weightDecay }: RecipeOptions): Optimizer {
  const kind = optimizer ?? recipe.kind;
  const changes = {
    ...(lr !== undefined && { learningRate: lr }),
    ...(weightDecay !== undefined && { weightDecay }),
  };
  if (kind === 'sgd')
    return sgd({ ...(recipe.kind === 'sgd' && recipe), ...changes, ...(momentum !== undefined && { momentum }) });
  if (momentum !== undefined)
    throw new ZooError('usage', '--momentum: adam has none. Leave it out, or pass --optimizer sgd.');
  return adam({ ...(recipe.kind === 'adam' && recipe), ...changes });
}

/** A shorter or longer training lowers its rate at the same share of the way. */
function scheduleOver(schedule: Schedule, from: number, to: number): Schedule {
  if (schedule.kind !== 'step' || from === to) return schedule;
  const after = schedule.after.map((epoch) => Math.max(1, Math.round((epoch * to) / from)));
  return { ...schedule, after: [...new Set(after)] };
}

/**
 * A preset's recipe with the user's changes.
 *
 * @throws ZooError `usage` for options that do not go together.
 */
export function recipeWith(recipe: Recipe, options: RecipeOptions): Recipe {
  const epochs = options.epochs ?? recipe.epochs;
  return {
    ...recipe,
    epochs,
    batchSize: options.batchSize ?? recipe.batchSize,
    optimizer: optimizerWith(recipe.optimizer, options),
    schedule: scheduleOver(recipe.schedule, recipe.epochs, epochs),
  };
}
