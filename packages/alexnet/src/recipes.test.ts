import { parseRecipe, recipesOf } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { alexnetFamily } from './family.ts';
import { recipes } from './recipes.ts';

describe('recipes', () => {
  it.each(recipesOf([alexnetFamily]))('$name is for a preset, and can be read back', ({ recipe, spec, preset }) => {
    expect(spec.preset).toBe(preset);
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)), 'recipe')).toEqual(recipe);
  });

  // Iterations of the solvers, 500 of which are an epoch: 4,000 and 5,000; 60,000, 65,000 and 70,000.
  it("have the steps of Caffe's solvers for CIFAR-10", () => {
    const quick = recipes['cifar10-quick'].recipe;
    expect([quick.epochs, quick.schedule]).toEqual([10, { kind: 'step', after: [8], factor: 0.1 }]);
    const full = recipes['cifar10-full'].recipe;
    expect([full.epochs, full.schedule]).toEqual([140, { kind: 'step', after: [120, 130], factor: 0.1 }]);
    for (const { optimizer, batchSize } of [quick, full])
      expect([optimizer, batchSize]).toEqual([
        { kind: 'sgd', learningRate: 0.001, momentum: 0.9, weightDecay: 0.004, convention: 'caffe' },
        100,
      ]);
  });

  it("have torchvision's pictures of a step, on all its GPUs", () => {
    expect(recipes.torchvision.recipe.batchSize).toBe(8 * 32);
  });
});
