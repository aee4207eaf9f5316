import { presets } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import { recipeWith } from './recipe-options.ts';

const { recipe } = presets['cifar10-full'];

describe('recipeWith', () => {
  it('changes nothing unasked', () => {
    expect(recipeWith(recipe, {})).toEqual(recipe);
  });

  it('keeps what was not named of the optimiser', () => {
    expect(recipeWith(recipe, { lr: 0.5 }).optimizer).toEqual({ ...recipe.optimizer, learningRate: 0.5 });
    expect(recipeWith(recipe, { momentum: 0, weightDecay: 0 }).optimizer).toEqual({
      ...recipe.optimizer,
      momentum: 0,
      weightDecay: 0,
    });
  });

  it('starts another optimiser from its own defaults', () => {
    expect(recipeWith(recipe, { optimizer: 'adam', weightDecay: 0.1 }).optimizer).toEqual({
      kind: 'adam',
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: 0.1,
    });
    expect(() => recipeWith(recipe, { optimizer: 'adam', momentum: 0.9 })).toThrow('--momentum: adam has none');
  });

  it('lowers the rate at the same share of a shorter or longer training', () => {
    const after = (epochs: number) => recipeWith(recipe, { epochs }).schedule;
    expect(after(140)).toMatchObject({ after: [120, 130] });
    expect(after(70)).toMatchObject({ after: [60, 65] });
    expect(after(7)).toMatchObject({ after: [6, 7] });
    expect(after(2)).toMatchObject({ after: [2] });
  });
});
