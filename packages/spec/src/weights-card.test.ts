import { plainRecipe } from '@zoo/testing/plain-recipe';
import { describe, expect, it } from 'vitest';
import { isShipped, shippedWeights } from './known-weights.ts';
import { accuracySpread, parseWeightsCard, type WeightsCard } from './weights-card.ts';

const card: WeightsCard = {
  name: 'small',
  title: 'Weights for tests',
  preset: 'first/tiny',
  file: { bytes: 3, sha256: 'a'.repeat(64) },
  licence: 'MIT',
  data: { name: 'cifar10', files: [{ name: 'a.bin', sha256: 'b' }], classes: ['cat', 'dog'], training: 4, test: 2 },
  preprocessing: { range: 1, mean: [0, 0, 0], std: [1, 1, 1], channels: 'rgb' },
  recipe: { name: 'plain', settings: plainRecipe },
  seed: 0,
  epochs: 1,
  accuracy: { top1: 0.5, top5: 1, loss: 0.7 },
  runs: [
    { seed: 0, top1: 0.5 },
    { seed: 1, top1: 0.75 },
  ],
  seconds: 3,
  machine: 'a machine',
  versions: { zoo: '1', tfjs: '4', node: '20' },
  date: '2026-01-01',
  command: 'zoo train first/tiny',
};

describe('a card', () => {
  it('comes back from JSON as it was', () => {
    expect(parseWeightsCard(JSON.parse(JSON.stringify(card)), 'small.json')).toEqual(card);
  });

  it.each<[string, object, string]>([
    [
      'a hash',
      { file: { bytes: 3, sha256: 'abc' } },
      'small.json: its file.sha256 is "abc", expected 64 hexadecimal digits.',
    ],
    ['runs', { runs: [] }, 'small.json: has no runs, expected at least one.'],
    [
      'an accuracy',
      { accuracy: { top1: 1.2, top5: 1, loss: 0 } },
      'small.json.accuracy.top1: expected a number from 0 to 1, found 1.2.',
    ],
    ['a preset', { preset: undefined }, 'small.json.preset: expected a text, found undefined.'],
  ])('is refused without %s', (_what, change, message) => {
    expect(() => parseWeightsCard({ ...card, ...change }, 'small.json')).toThrow(message);
  });

  it('tells the spread of its runs', () => {
    expect(accuracySpread(card.runs)).toEqual({ mean: 0.625, least: 0.5, most: 0.75 });
  });
});

it('weights that come along are known by their card', async () => {
  const weights = shippedWeights(card, async () => Uint8Array.of(1, 2, 3));
  expect(isShipped(weights)).toBe(true);
  expect(weights).toMatchObject({ preset: 'tiny', bytes: 3, sha256: card.file.sha256, labels: ['cat', 'dog'] });
  expect(await weights.read()).toEqual(Uint8Array.of(1, 2, 3));
});
