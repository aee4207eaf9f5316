import { presets } from '@zoo/alexnet';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { recipeWith } from './recipe-options.ts';
import { addRefinementOptions } from './refinement-options.ts';
import { scheduleOption } from './schedule-option.ts';

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

  it('knows AdamW, both conventions of SGD and Nesterov', () => {
    expect(recipeWith(recipe, { optimizer: 'adamw' }).optimizer).toMatchObject({ kind: 'adamw', weightDecay: 0.01 });
    expect(recipeWith(recipe, { convention: 'pytorch', nesterov: true }).optimizer).toEqual({
      ...recipe.optimizer,
      convention: 'pytorch',
      nesterov: true,
    });
    expect(() => recipeWith(recipe, { optimizer: 'adamw', nesterov: false })).toThrow(
      '--no-nesterov: adamw has none. Leave it out, or pass --optimizer sgd.',
    );
    expect(() => recipeWith(recipe, { optimizer: 'adamw', nesterov: true })).toThrow(
      '--nesterov: adamw has none. Leave it out, or pass --optimizer sgd.',
    );
    expect(() => recipeWith(recipe, { optimizer: 'adam', convention: 'caffe' })).toThrow('--convention: adam has none');
  });

  it.each([
    ['label smoothing', { labelSmoothing: 0.1 }, { labelSmoothing: 0.1 }],
    ['gradient clipping', { clipNorm: 5 }, { clipNorm: 5 }],
    ['gradient accumulation', { accumulate: 4 }, { accumulate: 4 }],
    ['average of the weights', { ema: 0.9 }, { ema: 0.9 }],
    ['early stopping', { earlyStopping: 3 }, { earlyStopping: 3 }],
    ['factors of weights and biases', { biasLr: 2 }, { multipliers: { learningRate: { bias: 2 } } }],
  ])('takes %s into the recipe', (name, options, changed) => {
    const source = `${recipe.source}; changed here: ${name}`;
    expect(recipeWith(recipe, options)).toEqual({ ...recipe, ...changed, source });
  });

  it('tells in its source what is no longer as its authors had it', () => {
    expect(recipeWith(recipe, { epochs: recipe.epochs, batchSize: recipe.batchSize }).source).toBe(recipe.source);
    expect(recipeWith(recipe, { lr: 0.5, ema: 0.9 }).source).toBe(
      `${recipe.source}; changed here: optimiser, average of the weights`,
    );
    expect(recipeWith(recipe, { epochs: 14 }).source).toBe(`${recipe.source}; changed here: epochs, schedule`);
  });

  it('warms up whatever schedule there is', () => {
    expect(recipeWith(recipe, { warmup: 0.1 }).schedule).toEqual({ ...recipe.schedule, warmup: 0.1 });
    expect(recipeWith(recipe, { warmup: 0, schedule: { kind: 'cosine', warmup: 0.05 } }).schedule).toEqual({
      kind: 'cosine',
      warmup: 0,
    });
    // As the help says of --warmup.
    const warm = { ...recipe, schedule: { ...recipe.schedule, warmup: 0.1 } };
    expect(recipeWith(warm, {}).schedule.warmup).toBe(0.1);
    expect(recipeWith(warm, { schedule: scheduleOption('constant') }).schedule).not.toHaveProperty('warmup');
    expect(recipeWith(warm, { schedule: scheduleOption('cosine') }).schedule.warmup).toBe(0.05);
    const help = addRefinementOptions(new Command()).helpInformation().replaceAll(/\s+/g, ' ');
    expect(help).toContain("(default: the recipe's, or 0; with --schedule 0, or 0.05 for cosine)");
  });

  it("keeps a recipe's refinements, changes those that are named, and lets 0 turn them off", () => {
    const refined = { ...recipe, ema: 0.99, clipNorm: 2 };
    const changed = recipeWith(refined, { clipNorm: 0, biasDecay: 0 });
    expect(changed).toMatchObject({ ema: 0.99, clipNorm: 0 });
    expect(changed.multipliers).toEqual({ weightDecay: { bias: 0 } });
    const multipliers = { learningRate: { weight: 1, bias: 2 }, weightDecay: { weight: 3, bias: 4 } };
    expect(recipeWith({ ...recipe, multipliers }, { biasLr: 5 }).multipliers).toEqual({
      learningRate: { weight: 1, bias: 5 },
      weightDecay: { weight: 3, bias: 4 },
    });
  });

  it('lowers the rate at the same share of a shorter or longer training', () => {
    const after = (epochs: number) => recipeWith(recipe, { epochs }).schedule;
    expect(after(140)).toMatchObject({ after: [120, 130] });
    expect(after(70)).toMatchObject({ after: [60, 65] });
    expect(after(7)).toMatchObject({ after: [6, 7] });
    expect(after(2)).toMatchObject({ after: [2] });
  });
});
