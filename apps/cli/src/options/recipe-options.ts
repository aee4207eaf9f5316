import { isDeepStrictEqual } from 'node:util';
import type { Augmentation, Optimizer, Recipe, Schedule } from '@zoo/spec';
import { adam, adamw, type ClassWeights, sgd, withWarmup } from '@zoo/trainers';
import { type Command, Option } from 'commander';
import { augmentOption } from './augment-option.ts';
import { classWeightsOption } from './class-weights-option.ts';
import { optionGroup } from './help.ts';
import { numberFromZero, positiveNumber, size } from './numbers.ts';
import { type RefinementOptions, refinementsWith, sgdChanges } from './refinement-options.ts';
import { type ScheduleOption, scheduleFor, scheduleOption } from './schedule-option.ts';

/** What may be changed about a preset's recipe, under the names that commander gives. */
export interface RecipeOptions extends RefinementOptions {
  epochs?: number;
  batchSize?: number;
  optimizer?: Optimizer['kind'];
  lr?: number;
  momentum?: number;
  weightDecay?: number;
  schedule?: ScheduleOption;
  augment?: Augmentation[];
  classWeights?: ClassWeights;
}

/** Adds the options that change a recipe. */
export const addRecipeOptions = (command: Command): Command =>
  optionGroup(command, 'Training:', (group) =>
    group
      .option('--epochs <n>', "passes over the training pictures (default: the recipe's)", size)
      .option('--batch-size <n>', "pictures in one training step (default: the recipe's)", size)
      .addOption(
        new Option('--optimizer <name>', "how the gradient changes the weights (default: the recipe's)").choices([
          'sgd',
          'adam',
          'adamw',
        ]),
      )
      .option(
        '--lr <rate>',
        "learning rate (default: the recipe's; where --optimizer changes it: 0.01 for sgd, 0.001 for adam and adamw)",
        positiveNumber,
      )
      .option('--momentum <share>', "of sgd (default: the recipe's, or 0.9)", numberFromZero(1))
      .option(
        '--weight-decay <factor>',
        "how strongly weights are drawn towards 0 (default: the recipe's; where --optimizer changes it: 0.0005 for sgd, 0 for adam, 0.01 for adamw)",
        numberFromZero(),
      )
      .option(
        '--schedule <name|json>',
        "how the rate changes: constant, cosine, step, plateau, one-cycle, polynomial, or JSON as the library has it (default: the recipe's)",
        scheduleOption,
      )
      .option(
        '--augment <list>',
        "augmentation of training pictures: some of crop=4 or resized-crop, flip, pca-colour, colour-jitter, randaugment, erasing, mixup, cutmix, with commas between; or none, or JSON (default: the recipe's)",
        augmentOption,
      )
      .option(
        '--class-weights <weights>',
        'weights of the classes in the loss: balanced, or cat=2,dog=1, or JSON (default: all equal)',
        classWeightsOption,
      ),
  );

function optimizerWith(recipe: Optimizer, options: RecipeOptions): Optimizer {
  const { optimizer, lr, weightDecay } = options;
  const kind = optimizer ?? recipe.kind;
  const changes = {
    ...(lr !== undefined && { learningRate: lr }),
    ...(weightDecay !== undefined && { weightDecay }),
  };
  const ofSgd = sgdChanges(kind, options);
  if (kind === 'sgd') return sgd({ ...(recipe.kind === 'sgd' && recipe), ...changes, ...ofSgd });
  if (kind === 'adamw') return adamw({ ...(recipe.kind === 'adamw' && recipe), ...changes });
  return adam({ ...(recipe.kind === 'adam' && recipe), ...changes });
}

/** A shorter or longer training lowers its rate at the same fraction of the training. */
function scheduleOver(schedule: Schedule, from: number, to: number): Schedule {
  if (schedule.kind !== 'step' || from === to) return schedule;
  const after = schedule.after.map((epoch) => Math.max(1, Math.round((epoch * to) / from)));
  return { ...schedule, after: [...new Set(after)] };
}

/** Parts of a recipe, and what its source calls those that were changed. */
const parts = [
  ['epochs', 'epochs'],
  ['batchSize', 'batch size'],
  ['optimizer', 'optimiser'],
  ['schedule', 'schedule'],
  ['augment', 'augmentation'],
  ['labelSmoothing', 'label smoothing'],
  ['clipNorm', 'gradient clipping'],
  ['accumulate', 'gradient accumulation'],
  ['ema', 'average of the weights'],
  ['earlyStopping', 'early stopping'],
  ['multipliers', 'factors of weights and biases'],
] as const satisfies readonly (readonly [keyof Recipe, string])[];

const changedHere = '; changed here: ';

/** Whether the first is the source of a recipe that has the second, or of one that was changed on a command line. */
export const isChangeOf = (source: string, original: string): boolean =>
  source === original || source.startsWith(`${original}${changedHere}`);

/** A recipe whose source tells what is no longer as its authors had it. */
export function withSource(changed: Recipe, original: Recipe): Recipe {
  const names = parts.filter(([key]) => !isDeepStrictEqual(changed[key], original[key])).map(([, name]) => name);
  return names.length === 0 ? changed : { ...changed, source: `${original.source}${changedHere}${names.join(', ')}` };
}

/**
 * A preset's recipe with the user's changes, which its source tells.
 *
 * @throws ZooError `usage` for options that do not go together.
 */
export function recipeWith(recipe: Recipe, options: RecipeOptions): Recipe {
  const epochs = options.epochs ?? recipe.epochs;
  const schedule =
    options.schedule === undefined
      ? scheduleOver(recipe.schedule, recipe.epochs, epochs)
      : scheduleFor(options.schedule, epochs);
  const changed: Recipe = {
    ...recipe,
    ...refinementsWith(recipe, options),
    epochs,
    batchSize: options.batchSize ?? recipe.batchSize,
    optimizer: optimizerWith(recipe.optimizer, options),
    schedule: options.warmup === undefined ? schedule : withWarmup(schedule, options.warmup),
    augment: options.augment ?? recipe.augment,
  };
  return withSource(changed, recipe);
}
