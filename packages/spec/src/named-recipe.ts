import { nearestName } from '@zoo/core';
import { type Family, presetOf, unknownName } from './family.ts';
import type { ModelSpec } from './model-spec.ts';
import type { NamedRecipe } from './recipe.ts';

/** A recipe of a family, with the network that it was made for. */
export interface FoundRecipe extends NamedRecipe {
  name: string;
  /** The preset's table, with this recipe in place of its own. */
  spec: ModelSpec;
}

/** Every recipe of some families, in their order. */
export const recipesOf = (families: readonly Family[]): FoundRecipe[] =>
  families.flatMap((family) =>
    Object.entries(family.recipes).map(([name, named]) => ({
      name,
      ...named,
      spec: { ...presetOf(named.preset, [family]), recipe: named.recipe },
    })),
  );

/**
 * A recipe by its name.
 *
 * @throws ZooError `unknown-name` with the nearest name.
 */
export function recipeNamed(name: string, families: readonly Family[]): FoundRecipe {
  const all = recipesOf(families);
  const found = all.find((one) => one.name === name);
  if (found) return found;
  const names = all.map((one) => one.name);
  throw unknownName('there is no such recipe', name, names, nearestName(name, names));
}
