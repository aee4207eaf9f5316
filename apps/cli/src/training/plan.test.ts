import { presets, recipes } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import type { TrainOptions } from '../options/train-options.ts';
import { planRun } from './plan.ts';

const planned = (preset: string | undefined, options: Partial<TrainOptions>) =>
  planRun(preset, { data: 'cifar10', backend: 'cpu', ...options }, new Date(0));

describe('planRun with --recipe', () => {
  it('takes the network that the recipe is for', () => {
    const { options, specFor } = planned(undefined, { recipe: 'cifar10-full' });
    expect(options.recipe).toEqual(recipes['cifar10-full'].recipe);
    expect(specFor(10).preset).toBe('cifar10-full');
  });

  it('trains another network by it, with what the user changes', () => {
    const { options, specFor } = planned('alexnet/cifar10-quick', { recipe: 'cifar10-full', epochs: 70, lr: 0.01 });
    expect(specFor(10).preset).toBe('cifar10-quick');
    const { recipe } = recipes['cifar10-full'];
    expect(options.recipe).toEqual({
      ...recipe,
      epochs: 70,
      optimizer: { ...recipe.optimizer, learningRate: 0.01 },
      schedule: { kind: 'step', after: [60, 65], factor: 0.1 },
      source: `${recipe.source}; changed here: epochs, optimiser, schedule`,
    });
  });

  it('takes the seed with which it is known to learn, where it names one, and the preset alone does too', () => {
    const seedOf = (preset: string | undefined, options: Partial<TrainOptions>) =>
      planned(preset, options).options.seed;
    expect(seedOf(undefined, { recipe: 'seed-004' })).toBe(recipes['seed-004'].seed);
    expect(seedOf('alexnet/xavier', { epochs: 2 })).toBe(recipes['seed-004'].seed);
    expect(seedOf(undefined, { recipe: 'seed-004', seed: 0 })).toBe(0);
    expect(seedOf(undefined, { recipe: 'cifar10-full' })).toBe(0);
    expect(seedOf('alexnet/xavier', { recipe: 'cifar10-full' })).toBe(0);
    expect(seedOf('alexnet/torchvision', { recipe: 'seed-004' })).toBe(0);
  });

  it("keeps the preset's own for `preset`", () => {
    const { options } = planned('alexnet/torchvision', { recipe: 'preset' });
    expect(options.recipe).toEqual(presets.torchvision.recipe);
    expect(() => planned(undefined, { recipe: 'preset' })).toThrow('train: which network?');
  });
});
