import { existsSync } from 'node:fs';
import { isZooError, ZooError } from '@zoo/core';
import type { Optimizer, Recipe } from '@zoo/spec';
import {
  type DivergenceCause,
  defaultOptimizer,
  divergenceCauses,
  type EpochEvent,
  type StepEvent,
  type TrainingWarning,
  warningText,
} from '@zoo/trainers';
import { commandName } from '../command-name.ts';
import { allRecipes, presetOfRecord } from '../families.ts';
import { isChangeOf } from '../options/recipe-options.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { RunRecord } from '../run/run-record.ts';

/** How a run learns: the recipe that it has, and the preset whose own recipe is known to work. */
export type TrainingSettings = Pick<RunRecord, 'preset'> & { recipe: Recipe; weights?: string | undefined };

const flags: Readonly<Record<DivergenceCause['setting'], string>> = {
  learningRate: '--lr',
  weightDecay: '--weight-decay',
  momentum: '--momentum',
};

/** The recipe that was asked for by its name, as its authors have it. */
const namedRecipeOf = ({ source }: Recipe): Recipe | undefined =>
  allRecipes.find(({ recipe }) => isChangeOf(source, recipe.source))?.recipe;

/** An optimiser that is known to work for a network, of the kind that a run has, and whose it is. */
function knownOptimizer({ preset, recipe }: TrainingSettings): { optimizer: Optimizer; whose: string } {
  const presets = presetOfRecord(preset)?.recipe;
  const own = namedRecipeOf(recipe) ?? presets ?? recipe;
  const { kind } = recipe.optimizer;
  if (own.optimizer.kind !== kind)
    return { optimizer: defaultOptimizer(kind), whose: `the default of --optimizer ${kind}` };
  const isPresets = own.optimizer === presets?.optimizer;
  return { optimizer: own.optimizer, whose: isPresets ? 'as the preset has it' : 'as its recipe has it' };
}

/** Options that are to blame, with values that work, and whose these are: `--lr 0.001, as the preset has it`. */
function remedy(learning: TrainingSettings): string | undefined {
  const { optimizer, whose } = knownOptimizer(learning);
  const causes = divergenceCauses(learning.recipe.optimizer, optimizer);
  if (causes.length === 0) return undefined;
  return `${causes.map(({ setting, instead }) => `${flags[setting]} ${instead}`).join(' ')}, ${whose}`;
}

/** A rate that is a hundredth of a known one learns nothing. Those of recipes for few pictures, and for weights that are trained, are higher. */
const lowShare = 0.01;

/** The same for a rate that is much too low, which makes no training diverge. */
function higherRate(learning: TrainingSettings): string | undefined {
  const { optimizer, whose } = knownOptimizer(learning);
  const isLow = learning.recipe.optimizer.learningRate <= lowShare * optimizer.learningRate;
  return isLow ? `${flags.learningRate} ${optimizer.learningRate}, ${whose}` : undefined;
}

/** A rate that a person would type. */
const rounded = (rate: number): number => Number(rate.toPrecision(1));

/** What to try when a network learns nothing, in the command line's words. */
function whatToTry(learning: TrainingSettings): string {
  const { optimizer, batchSize } = learning.recipe;
  const better = remedy(learning) ?? higherRate(learning);
  if (better !== undefined) return `Try ${better}.`;
  const tries = [
    'more --epochs',
    ...(optimizer.kind === 'sgd' ? ['--optimizer adam'] : []),
    `a lower --lr, such as ${rounded(optimizer.learningRate / 3)}`,
    ...(batchSize > 16 ? ['--batch-size 16'] : []),
  ];
  return `Try ${tries.join(', ')}, or more pictures.`;
}

/** A network that is dead is started anew. */
function howToStartAgain(learning: TrainingSettings): string {
  const { optimizer, schedule } = learning.recipe;
  const lower = `a lower --lr, such as ${rounded(optimizer.learningRate / 3)}`;
  const gentler = (schedule.warmup ?? 0) > 0 ? lower : `--warmup 0.01, or ${lower}`;
  const other = learning.weights === undefined ? 'another --seed' : 'other --weights';
  return `Start again with ${other}, or with ${remedy(learning) ?? gentler}.`;
}

export const warningLine = (warning: TrainingWarning, learning: TrainingSettings): string => {
  const text = warningText(warning, warning.kind === 'dead' ? howToStartAgain(learning) : whatToTry(learning));
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

/**
 * The warnings to print after a step or an epoch, each kind once: those of a step at once, those of an epoch when they hold for the second
 * one in a row. After the first epoch, many a network that learns well later calls all pictures alike.
 */
export function newWarnings(): (event: StepEvent | EpochEvent) => TrainingWarning[] {
  const said = new Set<TrainingWarning['kind']>();
  let before = new Set<TrainingWarning['kind']>();
  return ({ type, warnings = [] }) => {
    const news = warnings.filter(({ kind }) => (type === 'step' || before.has(kind)) && !said.has(kind));
    for (const { kind } of news) said.add(kind);
    if (type === 'epoch') before = new Set(warnings.map(({ kind }) => kind));
    return news;
  };
}

/** What to do after a training that diverged, in the command line's words. */
export const afterDivergence = (learning: TrainingSettings): string =>
  `Start again with ${remedy(learning) ?? `--lr ${rounded(learning.recipe.optimizer.learningRate / 10)}`}.`;

/** An error of training, with what to do about it on the command line where it has diverged. */
export function errorWithAdvice(
  error: unknown,
  { folder, checkpoint }: RunFolder,
  learning: TrainingSettings,
): unknown {
  if (!isZooError(error) || error.code !== 'not-finite') return error;
  const kept = existsSync(checkpoint)
    ? ` ${folder} keeps the last good checkpoint: ${commandName()} eval ${folder} tests it.`
    : '';
  return new ZooError('not-finite', `${error.what} ${afterDivergence(learning)}${kept}`, { cause: error });
}
