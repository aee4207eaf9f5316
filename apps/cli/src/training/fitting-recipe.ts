import { isZooError, ZooError } from '@zoo/core';
import { type ModelSpec, type Recipe, recipeFor } from '@zoo/spec';
import { recipeWith } from '../options/recipe-options.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { counted, thousands } from '../rendering/quantities.ts';
import { shortOptimizer } from '../report/recipe-text.ts';
import { refinementFacts } from '../report/refinement-text.ts';

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

/** The recipe for few pictures with the user's changes. */
function changed(fitting: Recipe, options: Partial<TrainOptions>): Recipe {
  try {
    return recipeWith(fitting, options);
  } catch (error) {
    if (!isZooError(error) || error.code !== 'usage') throw error;
    const { kind } = fitting.optimizer;
    throw new ZooError(
      'usage',
      `${error.message} So few pictures are trained by a recipe of their own, with ${kind}; --recipe preset keeps the preset's.`,
      { cause: error },
    );
  }
}

/**
 * A network with the recipe that fits so many pictures, with the user's changes: a rate that somebody types is that of the optimiser
 * which this recipe has.
 *
 * @param spec With the preset's recipe, and the user's changes.
 * @param own The preset's recipe, without the user's changes: these are changed in the other one.
 * @throws ZooError `usage` for an option that the recipe's optimiser does not have.
 */
export function withFittingRecipe(
  spec: ModelSpec,
  own: Recipe,
  examples: number,
  options: Partial<TrainOptions>,
): { spec: ModelSpec; notice?: string } {
  if (options.recipe !== undefined) return { spec };
  const fitting = recipeFor({ ...spec, recipe: own }, examples, { pretrained: options.weights !== undefined });
  if (fitting === own) return { spec };
  const recipe = changed(fitting, options);
  return { spec: { ...spec, recipe }, notice: notice(own, recipe, examples) };
}
