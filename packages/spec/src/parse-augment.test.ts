import { describe, expect, it } from 'vitest';
import { augmentationStages, usualAugmentations } from './augmentation.ts';
import { augmentationText } from './augmentation-text.ts';
import { parseAugment } from './parse-augment.ts';

const {
  randomCrop,
  randomResizedCrop,
  horizontalFlip,
  pcaColour,
  colourJitter,
  randAugment,
  randomErasing,
  mixUp,
  cutMix,
} = usualAugmentations;

describe('parseAugment', () => {
  it('takes every step, and gives back what it was given, to the byte', () => {
    const augment = [randomCrop, horizontalFlip, pcaColour, colourJitter, randAugment, randomErasing, mixUp, cutMix];
    const text = JSON.stringify(augment);
    expect(parseAugment(JSON.parse(text), 'augment')).toEqual(augment);
    expect(JSON.stringify(parseAugment(JSON.parse(text), 'augment'))).toBe(text);
    const turned = '[{"padding":4,"kind":"randomCrop"}]';
    expect(JSON.stringify(parseAugment(JSON.parse(turned), 'augment'))).toBe(turned);
    expect(parseAugment([randomResizedCrop], 'augment')).toEqual([randomResizedCrop]);
    expect(parseAugment([], 'augment')).toEqual([]);
  });

  it('has the usual numbers for what is left out', () => {
    for (const [kind, usual] of Object.entries(usualAugmentations))
      expect(parseAugment([{ kind }], 'augment')).toEqual([usual]);
    expect(parseAugment([{ kind: 'colourJitter', hue: 0.1 }], 'augment')).toEqual([{ ...colourJitter, hue: 0.1 }]);
  });

  it.each([
    [{}, 'r.json.augment: expected a list, found an object.'],
    [[3], 'r.json.augment[0]: expected an object, found 3.'],
    [[{}], 'r.json.augment[0].kind: expected one of randomCrop, randomResizedCrop, horizontalFlip'],
    [[{ kind: 'toString' }], "found 'toString'."],
    [[{ kind: 'randomCrop', padding: 0.5 }], 'augment[0].padding: expected a whole number from 0 to'],
    [[{ kind: 'randomCrop', pading: 1 }], 'augment[0].pading: expected no such field, found 1.'],
    [[{ kind: 'randomResizedCrop', scale: [0.5] }], 'augment[0].scale.length: expected one of 2, found 1.'],
    [
      [{ kind: 'randomResizedCrop', scale: [0.5, 0.4] }],
      'augment[0].scale[1]: expected a number from 0.5 to 1, found 0.4.',
    ],
    [
      [{ kind: 'randomResizedCrop', ratio: [0, 1] }],
      'augment[0].ratio[0]: expected a number from 0.001 to 1000, found 0.',
    ],
    [[{ kind: 'horizontalFlip', probability: 2 }], 'augment[0].probability: expected a number from 0 to 1, found 2.'],
    [[{ kind: 'pcaColour', deviation: -1 }], 'augment[0].deviation: expected a number from 0 to'],
    [[{ kind: 'colourJitter', hue: 0.6 }], 'augment[0].hue: expected a number from 0 to 0.5, found 0.6.'],
    [[{ kind: 'randAugment', magnitude: 31 }], 'augment[0].magnitude: expected a whole number from 0 to 30, found 31.'],
    [[{ kind: 'randAugment', operations: 1e6 }], 'augment[0].operations: expected a whole number from 0 to 32'],
    [[{ kind: 'mixUp', alpha: 0 }], 'augment[0].alpha: expected a number from 0.001 to 1000, found 0.'],
    [[horizontalFlip, { ...cutMix, alpha: '1' }], "augment[1].alpha: expected a number from 0.001 to 1000, found '1'."],
    [
      [horizontalFlip, randomCrop],
      'r.json.augment: randomCrop is after horizontalFlip, expected in this order: a crop, changes of the picture, randomErasing, mixUp and cutMix. Change the order of the steps.',
    ],
    [[randomErasing, horizontalFlip], 'horizontalFlip is after randomErasing, expected in this order'],
    [[randomCrop, randomResizedCrop], 'randomResizedCrop is after randomCrop, expected one crop.'],
    [[mixUp, cutMix, mixUp], 'mixUp is there twice, expected once.'],
    [new Array(33).fill(horizontalFlip), 'r.json.augment: has 33 steps, at most 32: leave some out.'],
  ])('refuses %j', (value, message) => {
    expect(() => parseAugment(value, 'r.json.augment')).toThrow(message);
  });
});

describe('augmentationText', () => {
  it('says what is done, in its order', () => {
    expect(augmentationText([])).toBe('none');
    expect(augmentationText([{ ...randomCrop, padding: 1 }, horizontalFlip])).toBe(
      'shifted by up to 1 pixel, mirrored at random',
    );
    expect(
      augmentationText([randomResizedCrop, pcaColour, colourJitter, randAugment, randomErasing, mixUp, cutMix]),
    ).toBe(
      'crops of 8 % to 100 % of the area, PCA colour shifts, colour jitter (brightness 0.4, contrast 0.4, saturation 0.4), RandAugment (2 of magnitude 9), 50 % with 2 % to 33 % erased, MixUp (alpha 0.2), CutMix (alpha 1)',
    );
  });

  it('has a stage for every step', () => {
    expect(Object.keys(augmentationStages)).toEqual(Object.keys(usualAugmentations));
  });
});
