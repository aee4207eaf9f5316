import { plainRecipe } from '@zoo/testing/plain-recipe';
import { describe, expect, it } from 'vitest';
import { configure } from './configure.ts';
import { type Family, isKnownWeights, knownWeightsOf, presetOf } from './family.ts';
import { conv, dense, flatten } from './layer.ts';
import type { ModelSpec, Preprocessing } from './model-spec.ts';

const spec = (family: string, preset: string): ModelSpec => ({
  family,
  preset,
  title: 'A network for tests',
  source: 'this file',
  className: 'Tiny',
  input: [6, 5, 3],
  classes: 3,
  preprocessing: { range: 1, mean: [0, 0, 0], std: [1, 1, 1], channels: 'rgb' },
  init: { weight: { normal: 1 }, bias: { normal: 1 } },
  recipe: plainRecipe,
  layers: [conv(4, 3), flatten({ call: true }), dense('classes')],
});

const family = (name: string, ...presets: string[]): Family => ({
  name,
  title: name,
  presets: Object.fromEntries(presets.map((preset) => [preset, spec(name, preset)])),
  knownWeights: {},
  recipes: {},
});

const preprocessing: Preprocessing = { range: 255, mean: [1, 2, 3], std: [1, 1, 1], channels: 'bgr' };
const first = family('first', 'small', 'paper');
const second: Family = {
  ...family('second', 'large', 'paper'),
  knownWeights: {
    published: {
      title: 'Weights for tests',
      url: 'https://example.com/weights.pth',
      licence: 'MIT',
      preset: 'large',
      options: { classes: 5 },
      labels: ['a', 'b', 'c', 'd', 'e'],
      preprocessing,
      accuracy: { top1: 0.5, top5: 0.8 },
      source: 'this file',
    },
  },
};

describe('families', () => {
  it('have their presets found by full name, and by the short one where one family has it', () => {
    expect(presetOf('second/paper', [first, second]).family).toBe('second');
    expect(presetOf('small', [first, second]).family).toBe('first');
    expect(() => presetOf('paper', [first, second])).toThrow(
      'paper: is a preset of several families. Name one: first/paper or second/paper.',
    );
  });

  it.each([
    [
      'lerge',
      'lerge: there is no such preset; did you mean second/large? Known: first/small, first/paper, second/large,',
    ],
    ['third/smal', 'third/smal: there is no such preset; did you mean first/small?'],
    ['xxxxxxxx', 'xxxxxxxx: there is no such preset. Known: first/small'],
    ['secnd/papr', 'secnd/papr: there is no such preset; did you mean second/paper?'],
    ['second', 'second: there is no such preset; did you mean second/large?'],
    ['toString', 'toString: there is no such preset'],
  ])('do not have %s, and say what comes near', (name, message) => {
    expect(() => presetOf(name, [first, second])).toThrow(message);
  });

  it('have published weights, with the network that these are for', () => {
    const found = knownWeightsOf('published', [first, second]);
    expect(found.family).toBe(second);
    expect(found.spec).toEqual({ ...configure(spec('second', 'large'), { classes: 5 }), preprocessing });
    expect(isKnownWeights('published', [first])).toBe(false);
    expect(isKnownWeights('toString', [second])).toBe(false);
    expect(() => knownWeightsOf('publisht', [first, second])).toThrow(
      'publisht: no weights are known by that name; did you mean published? Known: published.',
    );
    expect(() => knownWeightsOf('published', [first])).toThrow('no weights are known by that name. Known: none.');
  });
});
