import { isDeepStrictEqual } from 'node:util';
import type { FoundRecipe, Recipe } from '@zoo/spec';
import { allRecipes, presetName } from '../apps/cli/src/families.ts';
import type { RunRecord } from '../apps/cli/src/run/run-record.ts';

/** What a recipe does, without where it comes from. A record may be of its first epochs alone. */
const steps = ({ source: _source, epochs: _epochs, ...rest }: Recipe) => rest;

/**
 * The named recipe that a run was trained by. Of several that do the same in one epoch, the one that is as long, made for the run's
 * network if there is one.
 */
export function recipeOfRecord({ preset, options: { recipe } }: RunRecord): FoundRecipe | undefined {
  const same = allRecipes.filter((one) => isDeepStrictEqual(steps(one.recipe), steps(recipe)));
  const own = same.filter(({ spec }) => presetName(spec) === preset);
  const likely = own.length > 0 ? own : same;
  return likely.find((one) => one.recipe.epochs === recipe.epochs) ?? likely[0];
}
