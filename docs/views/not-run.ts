import type { FoundRecipe } from '@zoo/spec';
import { trainingSeconds } from '../../records/read-records.ts';
import { allRecipes, presetName } from '../families.ts';
import { percentOf, type Training } from './accuracy.ts';
import { escaped, htmlTable } from './html.ts';
import { publishedAccuracies } from './published-accuracy.ts';
import { recipeTime } from './training-time.ts';

/** The pictures that a recipe was made for, as `--data` takes them, and why nobody has trained on them here to its end. */
function dataOf({ spec, recipe }: FoundRecipe, epochsRun: number): { data: string; why: string } {
  if (spec.classes === 1000) return { data: 'imagenet', why: "ImageNet's terms keep its pictures out of packages" };
  const why = epochsRun > 0 ? `Run for ${epochsRun} of its ${recipe.epochs} epochs` : 'Not run yet';
  if (spec.classes === 10) return { data: 'cifar10', why };
  return { data: 'FOLDER', why: `Its pictures of ${spec.classes} classes were not published with it: bring your own` };
}

const isWhole = ([{ record, recipe }]: Training): boolean => record.epochs.length === recipe.recipe.epochs;

/** Recipes that nobody has trained to their end here: why, what was published for them, and the command that trains by them. */
export function notRunTable(trainings: readonly Training[], recipes: readonly FoundRecipe[] = allRecipes): string {
  const done = new Set(trainings.filter(isWhole).map(([{ recipe }]) => recipe.name));
  const epochsRun = new Map(trainings.map(([{ record, recipe }]) => [recipe.name, record.epochs.length]));
  const code = (text: string): string => `<code>${escaped(text)}</code>`;
  const measured = trainings.map(([run]) => ({
    spec: run.recipe.spec,
    epoch: (1000 * trainingSeconds(run)) / run.record.epochs.length,
  }));
  return htmlTable(
    [{ title: 'Recipe' }, { title: 'Published', numeric: true }, { title: 'Why not, and the command' }],
    recipes
      .filter(({ name }) => !done.has(name))
      .map((found) => {
        const { name, spec } = found;
        const { data, why } = dataOf(found, epochsRun.get(name) ?? 0);
        const published = publishedAccuracies.findLast(
          ({ recipe, preset }) => recipe === name && preset === presetName(spec),
        );
        return [
          code(name),
          published ? percentOf(published.top1) : '',
          `${why}; ${recipeTime(spec, measured)} on two cores. <span>${code(`zoo train --recipe ${name} --data ${data}`)}</span>`,
        ];
      }),
    { name: 'not-run' },
  );
}
