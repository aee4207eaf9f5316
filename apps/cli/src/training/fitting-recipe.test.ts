import { presets } from '@zoo/alexnet';
import { configure } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { recipeWith } from '../options/recipe-options.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { withFittingRecipe } from './fitting-recipe.ts';

const fitted = (options: Partial<TrainOptions>, examples = 180) => {
  const recipe = recipeWith(presets.torchvision.recipe, options);
  const spec = configure({ ...presets.torchvision, recipe }, { width: 0.1, classes: 2 });
  const { spec: chosen, notice } = withFittingRecipe(spec, presets.torchvision.recipe, examples, options);
  return { recipe: chosen.recipe, notice };
};

describe('withFittingRecipe', () => {
  it('chooses for few pictures, and says so', () => {
    const { recipe, notice } = fitted({});
    expect(recipe).toMatchObject({
      epochs: 36,
      batchSize: 16,
      optimizer: { kind: 'adam', learningRate: 0.0009 },
      schedule: { kind: 'cosine' },
    });
    expect(notice).toBe(
      "180 training pictures are few for the preset's recipe, which is for 1,281,167. Training by one for few pictures: Adam at 0.0009, 36 epochs, batches of 16; --recipe preset keeps the preset's.",
    );
  });

  it("says what of the preset's it leaves out, and keeps what the user asks for", () => {
    const own = { ...presets.torchvision.recipe, labelSmoothing: 0.1, ema: 0.999, earlyStopping: 5 };
    const of = (options: Partial<TrainOptions>) => {
      const spec = configure({ ...presets.torchvision, recipe: recipeWith(own, options) }, { width: 0.1, classes: 2 });
      return withFittingRecipe(spec, own, 180, options);
    };
    expect(of({}).spec.recipe).toMatchObject({ labelSmoothing: 0.1, optimizer: { kind: 'adam' } });
    expect(of({}).spec.recipe).not.toHaveProperty('ema');
    expect(of({}).notice).toContain('batches of 16, without average of the weights and early stopping; --recipe');
    expect(of({ ema: 0.9 }).spec.recipe).toMatchObject({ ema: 0.9 });
    expect(of({ ema: 0.9 }).notice).toContain('batches of 16, without early stopping; --recipe');
  });

  it("keeps the preset's for many, and where the user wants it", () => {
    const unchanged = { recipe: presets.torchvision.recipe, notice: undefined };
    expect(fitted({}, 1_281_167)).toEqual(unchanged);
    expect(fitted({ recipe: 'preset' })).toEqual(unchanged);
  });

  it('keeps what the user says', () => {
    const { recipe } = fitted({ epochs: 3, batchSize: 5 });
    expect(recipe).toMatchObject({ epochs: 3, batchSize: 5, optimizer: { kind: 'adam' } });
    expect(recipe.source).toBe(
      `Tuned here for few pictures, in place of the preset's recipe for 1,281,167 (${presets.torchvision.recipe.source}); changed here: epochs, batch size`,
    );
  });

  it.each<[Partial<TrainOptions>, object]>([
    [{ lr: 0.002 }, { kind: 'adam', learningRate: 0.002, weightDecay: 0 }],
    [{ weightDecay: 0.01 }, { kind: 'adam', learningRate: 0.0009, weightDecay: 0.01 }],
    [{ optimizer: 'adam' }, { kind: 'adam', learningRate: 0.0009 }],
    [
      { optimizer: 'sgd', momentum: 0.5 },
      { kind: 'sgd', learningRate: 0.01, momentum: 0.5 },
    ],
  ])('takes %j as said of the recipe for few', (options, optimizer) => {
    expect(fitted(options).recipe).toMatchObject({ optimizer, batchSize: 16, epochs: 36 });
  });

  it('changes the rate of that recipe, and says so', () => {
    expect(fitted({ lr: 0.002 }).notice).toContain('Training by one for few pictures: Adam at 0.002, 36 epochs');
    expect(fitted({ warmup: 0.2 }).recipe.schedule).toEqual({ kind: 'cosine', warmup: 0.2 });
  });

  it.each<[Partial<TrainOptions>, string]>([
    [{ momentum: 0.5 }, 'momentum'],
    [{ nesterov: true }, 'nesterov'],
    [{ convention: 'pytorch' }, 'convention'],
  ])('refuses %j, which Adam does not have', (options, name) => {
    expect(() => fitted(options)).toThrow(
      `--${name}: adam has none. Leave it out, or pass --optimizer sgd. So few pictures are trained by a recipe of their own, with adam; --recipe preset keeps the preset's.`,
    );
  });

  it('takes smaller steps from weights that have been trained', () => {
    expect(fitted({ weights: 'torchvision' }).recipe.optimizer.learningRate).toBe(0.0003);
  });
});
