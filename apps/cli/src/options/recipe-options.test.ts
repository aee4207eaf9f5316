import { presets } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import { recipeWith } from './recipe-options.ts';

const { recipe } = presets['cifar10-quick'];

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
    expect(after(5)).toMatchObject({ after: [4] });
    expect(after(20)).toMatchObject({ after: [16] });
    expect(recipeWith(presets['cifar10-full'].recipe, { epochs: 7 }).schedule).toMatchObject({ after: [6, 7] });
    expect(recipeWith(presets['cifar10-full'].recipe, { epochs: 2 }).schedule).toMatchObject({ after: [2] });
  });
});
