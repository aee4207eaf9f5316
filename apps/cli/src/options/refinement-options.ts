import { ZooError } from '@zoo/core';
import type { ChangedMultipliers, Recipe, Refinements, Sgd } from '@zoo/spec';
import { type Command, Option } from 'commander';
import { optionGroup } from './help.ts';
import { numberFromZero, size, wholeNumber } from './numbers.ts';

/** What may be refined about a training, under the names that commander gives. */
export interface RefinementOptions extends Pick<Sgd, 'nesterov'>, Partial<Pick<Sgd, 'convention'>> {
  warmup?: number;
  labelSmoothing?: number;
  clipNorm?: number;
  accumulate?: number;
  ema?: number;
  earlyStopping?: number;
  biasLr?: number;
  biasDecay?: number;
}

/** Adds the options that refine a recipe. */
export const addRefinementOptions = (command: Command): Command =>
  optionGroup(command, 'Loss, gradient and weights:', (group) =>
    group
      .option(
        '--warmup <share>',
        "share of all steps over which the rate rises to that of any --schedule (default: the recipe's, or 0; with --schedule 0, or 0.05 for cosine)",
        numberFromZero(1),
      )
      .addOption(
        new Option(
          '--convention <name>',
          "of sgd: caffe keeps the rate in the velocity, pytorch outside (default: the recipe's, or caffe)",
        ).choices(['caffe', 'pytorch']),
      )
      .option('--nesterov', "of sgd: Nesterov's momentum (default: the recipe's)")
      .option('--no-nesterov', 'of sgd: plain momentum')
      .option(
        '--bias-lr <factor>',
        "learning rate of biases, as a factor on --lr, in place of the network's own factors (Caffe's lr_mult) (default: the recipe's, or the network's)",
        numberFromZero(),
      )
      .option(
        '--bias-decay <factor>',
        "weight decay of biases, as a factor, in place of the network's own factors (Caffe's decay_mult) (default: the recipe's, or the network's)",
        numberFromZero(),
      )
      .option(
        '--label-smoothing <share>',
        "share of each label that is spread over all classes (default: the recipe's, or 0)",
        numberFromZero(1),
      )
      .option(
        '--clip-norm <norm>',
        "scales the gradient down to this norm where it is longer, 0 for never (default: the recipe's, or 0)",
        numberFromZero(),
      )
      .option(
        '--accumulate <n>',
        "computes each batch in this many parts, one after another: less memory (default: the recipe's, or 1)",
        size,
      )
      .option(
        '--ema <decay>',
        "also keeps, tests and saves an exponential moving average of the weights, such as 0.999; 0 for none (default: the recipe's, or 0)",
        numberFromZero(1),
      )
      .option(
        '--early-stopping <epochs>',
        "ends training after so many epochs without a lower test loss, 0 for never (default: the recipe's, or 0)",
        wholeNumber(0, 65_536),
      ),
  );

function multipliersWith(
  { multipliers }: Recipe,
  { biasLr, biasDecay }: RefinementOptions,
): ChangedMultipliers | undefined {
  if (biasLr === undefined && biasDecay === undefined) return multipliers;
  return {
    ...multipliers,
    ...(biasLr !== undefined && { learningRate: { ...multipliers?.learningRate, bias: biasLr } }),
    ...(biasDecay !== undefined && { weightDecay: { ...multipliers?.weightDecay, bias: biasDecay } }),
  };
}

/** The refinements of a recipe with the user's changes. */
export function refinementsWith(recipe: Recipe, options: RefinementOptions): Refinements {
  const { labelSmoothing, clipNorm, accumulate, ema, earlyStopping } = { ...recipe, ...options };
  const multipliers = multipliersWith(recipe, options);
  return {
    ...(labelSmoothing !== undefined && { labelSmoothing }),
    ...(clipNorm !== undefined && { clipNorm }),
    ...(accumulate !== undefined && { accumulate }),
    ...(ema !== undefined && { ema }),
    ...(earlyStopping !== undefined && { earlyStopping }),
    ...(multipliers && { multipliers }),
  };
}

/**
 * What the options say about SGD.
 *
 * @throws ZooError `usage` where the optimiser is another.
 */
export function sgdChanges(
  kind: string,
  { momentum, convention, nesterov }: RefinementOptions & { momentum?: number },
): Partial<Sgd> {
  const changes = {
    ...(momentum !== undefined && { momentum }),
    ...(convention !== undefined && { convention }),
    ...(nesterov !== undefined && { nesterov }),
  };
  const [first] = Object.keys(changes);
  const flag = first === 'nesterov' && !nesterov ? 'no-nesterov' : first;
  if (kind !== 'sgd' && flag !== undefined)
    throw new ZooError('usage', `--${flag}: ${kind} has none. Leave it out, or pass --optimizer sgd.`);
  return changes;
}
