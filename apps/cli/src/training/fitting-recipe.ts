import { type ModelSpec, type Recipe, recipeFor } from '@zoo/spec';
import { refinementsWith } from '../options/refinement-options.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { counted, thousands } from '../rendering/quantities.ts';
import { shortOptimizer } from '../report/recipe-text.ts';
import { refinementFacts } from '../report/refinement-text.ts';

/** Parts of a recipe, with the options that decide them. */
const parts: Readonly<Partial<Record<keyof Recipe, readonly string[]>>> = {
  epochs: ['epochs'],
  batchSize: ['batchSize'],
  optimizer: ['optimizer', 'lr', 'momentum', 'weightDecay', 'convention', 'nesterov'],
  schedule: ['schedule', 'warmup'],
  augment: ['augment'],
};

/** What the preset's recipe has and the other has not, in words: `, without the average of the weights`. */
function lacking(own: Recipe, other: Recipe): string {
  const kept = new Set(refinementFacts(other).map(({ key }) => key));
  const left = refinementFacts(own).flatMap(({ key, title }) => (kept.has(key) ? [] : [title]));
  return left.length === 0 ? '' : `, without ${left.join(' and ')}`;
}

function notice(own: Recipe, chosen: Recipe, examples: number): string {
  const { epochs, batchSize, optimizer } = chosen;
  const name = optimizer.kind === 'sgd' ? 'SGD' : shortOptimizer(optimizer);
  const how = `${name} at ${optimizer.learningRate}, ${counted(epochs, 'epoch')}, batches of ${batchSize}${lacking(own, chosen)}`;
  return `${thousands(examples)} training pictures are few for the preset's recipe, which is for ${thousands(own.examples ?? 0)}. Training by one for few pictures: ${how}; --recipe preset keeps the preset's.`;
}

/**
 * A network with the recipe that fits so many pictures, except for what the user says about it: the rate that somebody types is that of
 * the preset's optimiser, as the help has it.
 *
 * @param spec With the preset's recipe, and the user's changes.
 */
export function withFittingRecipe(
  spec: ModelSpec,
  examples: number,
  options: Partial<TrainOptions>,
): { spec: ModelSpec; notice?: string } {
  if (options.recipe !== undefined) return { spec };
  const own = spec.recipe;
  const fitting = recipeFor(spec, examples, { pretrained: options.weights !== undefined });
  if (fitting === own) return { spec };
  const given = new Set(Object.keys(options));
  const isGiven = (part: keyof Recipe): boolean => (parts[part] ?? []).some((name) => given.has(name));
  const recipe: Recipe = {
    ...fitting,
    ...(isGiven('epochs') && { epochs: own.epochs }),
    ...(isGiven('batchSize') && { batchSize: own.batchSize }),
    ...(isGiven('optimizer') && { optimizer: own.optimizer }),
    ...(isGiven('schedule') && { schedule: own.schedule }),
    ...(isGiven('augment') && { augment: own.augment }),
    ...refinementsWith(fitting, options),
  };
  return { spec: { ...spec, recipe }, notice: notice(own, recipe, examples) };
}
