import { plainRecipe } from '@zoo/testing/plain-recipe';
import { tinySpec } from '@zoo/testing/tiny-spec';
import { describe, expect, it } from 'vitest';
import type { Family } from './family.ts';
import { recipeNamed, recipesOf } from './named-recipe.ts';

const family: Family = {
  name: 'small',
  title: 'Small',
  presets: { tiny: tinySpec },
  knownWeights: {},
  recipes: { long: { title: 'Many epochs', preset: 'tiny', recipe: { ...plainRecipe, epochs: 77 } } },
};

describe('recipes by name', () => {
  it('come with the network that they are for', () => {
    expect(recipesOf([family])).toEqual([recipeNamed('long', [family])]);
    expect(recipeNamed('long', [family]).spec).toEqual({ ...tinySpec, recipe: { ...plainRecipe, epochs: 77 } });
  });

  it('are suggested where a name is nearly right', () => {
    expect(() => recipeNamed('lang', [family])).toThrow(
      'lang: there is no such recipe; did you mean long? Known: long.',
    );
  });
});
