import { presets } from '@zoo/alexnet';
import { configure, type ModelSpec, parseRecipe, recipeFor } from '@zoo/spec';
import { describe, expect, it } from 'vitest';

const steps = (examples: number, width = 1): number => {
  const { epochs, batchSize } = recipeFor(configure(presets.paper, { width }), examples);
  return epochs * Math.ceil(examples / batchSize);
};

describe('recipeFor', () => {
  it.each(Object.values(presets))("is the preset's on as many examples as it is for: $preset", (spec) => {
    const { examples = 0 } = spec.recipe;
    expect(recipeFor(spec, examples)).toBe(spec.recipe);
    expect(recipeFor(spec, Math.ceil(examples / 10))).toBe(spec.recipe);
    expect(recipeFor(spec, Math.ceil(examples / 10) - 1)).not.toBe(spec.recipe);
  });

  it('is the own one of a network that does not say how many examples it is for', () => {
    const { examples: _, ...recipe } = presets.paper.recipe;
    expect(recipeFor({ ...presets.paper, recipe }, 10)).toBe(recipe);
  });

  it('makes some hundred steps of a small data set, and not thousands', () => {
    for (const examples of [30, 60, 180, 200, 500, 1000, 2000, 4000]) {
      expect(steps(examples), String(examples)).toBeGreaterThanOrEqual(200);
      expect(steps(examples), String(examples)).toBeLessThanOrEqual(1000);
    }
  });

  it('lowers the rate for wide networks, and for weights that have been trained', () => {
    const rate = (width: number, pretrained = false) =>
      recipeFor(configure(presets.torchvision, { width }), 200, { pretrained }).optimizer.learningRate;
    expect([rate(0.1), rate(0.25), rate(1), rate(1, true)]).toEqual([0.0009, 0.0006, 0.0003, 0.0001]);
  });

  it('keeps of the refinements what does not go by the number of steps', () => {
    const recipe = {
      ...presets.paper.recipe,
      labelSmoothing: 0.1,
      clipNorm: 5,
      multipliers: { learningRate: { weight: 1, bias: 2 }, weightDecay: { weight: 1, bias: 0 } },
      ema: 0.999,
      earlyStopping: 3,
      accumulate: 4,
    };
    const { labelSmoothing, clipNorm, multipliers, ...few } = recipeFor({ ...presets.paper, recipe }, 200);
    expect({ labelSmoothing, clipNorm }).toEqual({ labelSmoothing: 0.1, clipNorm: 5 });
    expect(multipliers).toEqual(recipe.multipliers);
    for (const name of ['ema', 'earlyStopping', 'accumulate']) expect(few).not.toHaveProperty(name);
  });

  it('shifts pictures that would always be the same, and mirrors none that the preset does not', () => {
    const augment = (spec: ModelSpec) => recipeFor(spec, 200).augment;
    expect(augment(presets['cifar10-quick'])).toEqual([{ kind: 'randomCrop', padding: 4 }]);
    expect(augment(presets.paper)).toEqual(presets.paper.recipe.augment);
    const grey: ModelSpec = { ...presets.paper, input: [227, 227, 1] };
    expect(augment(grey).map(({ kind }) => kind)).toEqual(['randomCrop', 'horizontalFlip']);
  });

  it('can be written and read', () => {
    const recipe = recipeFor(presets.paper, 200);
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)), 'recipe')).toEqual(recipe);
    expect(parseRecipe(JSON.parse(JSON.stringify(presets.paper.recipe)), 'recipe')).toEqual(presets.paper.recipe);
  });
});
