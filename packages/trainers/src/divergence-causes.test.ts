import { describe, expect, it } from 'vitest';
import { divergenceCauses } from './divergence-causes.ts';
import { adam, sgd } from './index.ts';

const recipe = sgd({ learningRate: 0.001, weightDecay: 0.004 });

describe('divergenceCauses', () => {
  it('blames what is far from the recipe, with the value of the recipe', () => {
    expect(divergenceCauses({ ...recipe, learningRate: 1e6 }, recipe)).toEqual([
      { setting: 'learningRate', value: 1e6, instead: 0.001 },
    ]);
    expect(divergenceCauses({ ...recipe, weightDecay: 100 }, recipe)).toEqual([
      { setting: 'weightDecay', value: 100, instead: 0.004 },
    ]);
    expect(divergenceCauses({ ...recipe, momentum: 0.999 }, recipe)).toEqual([
      { setting: 'momentum', value: 0.999, instead: 0.9 },
    ]);
    expect(
      divergenceCauses({ ...recipe, weightDecay: 1, learningRate: 1e4 }, recipe).map(({ setting }) => setting),
    ).toEqual(['learningRate', 'weightDecay']);
  });

  it('blames nothing that is as the recipe has it, and takes the defaults for an optimiser of another kind', () => {
    expect(divergenceCauses(recipe, recipe)).toEqual([]);
    expect(divergenceCauses(adam(), recipe)).toEqual([]);
    expect(divergenceCauses(adam({ learningRate: 1 }), recipe)).toEqual([
      { setting: 'learningRate', value: 1, instead: 0.001 },
    ]);
    expect(divergenceCauses(adam({ weightDecay: 5 }), recipe)).toEqual([
      { setting: 'weightDecay', value: 5, instead: 0 },
    ]);
  });
});
