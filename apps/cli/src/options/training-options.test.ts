import { presets } from '@zoo/alexnet';
import { usualAugmentations } from '@zoo/spec';
import { plateau, stepDecay } from '@zoo/trainers';
import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { augmentOption, augmentWords } from './augment-option.ts';
import { classWeightsOption } from './class-weights-option.ts';
import { lrnOption } from './lrn-option.ts';
import { configured } from './network-options.ts';
import { scheduleFor, scheduleOption } from './schedule-option.ts';

describe('--lrn', () => {
  it('takes numbers, with a convention or without, or none', () => {
    expect(lrnOption('none')).toBe(false);
    expect(lrnOption('5,1e-4,0.75,2')).toEqual({ size: 5, alpha: 1e-4, beta: 0.75, k: 2 });
    expect(lrnOption('3, 5e-5, 0.75, 1, caffe')).toMatchObject({ size: 3, convention: 'caffe' });
  });

  it.each(['', '5', '5,1e-4,0.75', '5,1e-4,0.75,x', '5,,0.75,2', '5,1e-4,0.75,2,torch', '5,1,1,1,caffe,1', 'off'])(
    'refuses %j',
    (text) => {
      expect(() => lrnOption(text)).toThrow('Expected SIZE,ALPHA,BETA,K such as 5,1e-4,0.75,2');
    },
  );

  it('takes an odd size', () => {
    expect(() => lrnOption('4,1e-4,0.75,2')).toThrow('Expected an odd whole number for SIZE, not 4.');
  });
});

describe('--schedule', () => {
  it('takes a name, or what the library has as JSON', () => {
    expect(scheduleOption('constant')).toEqual({ kind: 'constant' });
    expect(scheduleOption('cosine')).toEqual({ kind: 'cosine', warmup: 0.05 });
    expect(scheduleOption('plateau')).toEqual({ kind: 'plateau', patience: 5, factor: 0.1 });
    expect(scheduleOption('one-cycle')).toEqual({ kind: 'one-cycle', rise: 0.3, from: 0.04, to: 4e-6 });
    expect(scheduleOption('polynomial')).toEqual({ kind: 'polynomial', power: 1 });
    const given = { kind: 'step', after: [3, 4], factor: 0.5 };
    expect(scheduleOption(JSON.stringify(given))).toEqual(given);
  });

  it('fills in what JSON leaves out, as the functions of the library do', () => {
    for (const kind of ['one-cycle', 'plateau', 'polynomial'])
      expect(scheduleOption(JSON.stringify({ kind }))).toEqual(scheduleOption(kind));
    expect(scheduleOption('{"kind":"plateau","patience":2,"least":0.01}')).toEqual(
      plateau({ patience: 2, least: 0.01 }),
    );
    expect(scheduleOption('{"kind":"step","after":[3]}')).toEqual(stepDecay({ after: [3] }));
    expect(scheduleOption('{"kind":"cosine"}')).toEqual({ kind: 'cosine' });
    expect(() => scheduleOption('{"kind":"step"}')).toThrow('schedule.after: expected a list, found undefined.');
  });

  it('lowers the rate after each third where no epochs are named', () => {
    const step = (epochs: number) => scheduleFor(scheduleOption('step'), epochs);
    expect(step(90)).toEqual({ kind: 'step', after: [30, 60], factor: 0.1 });
    expect(step(1)).toEqual({ kind: 'step', after: [1], factor: 0.1 });
  });

  it('says what is wrong with JSON, and what is expected', () => {
    expect(() => scheduleOption('{"kind":"cosine","warmup":2}')).toThrow(
      'schedule.warmup: expected a number from 0 to 1, found 2. Expected one of constant, cosine, plateau, step, one-cycle, polynomial, or JSON',
    );
    for (const text of ['linear', '', '{', 'toString'])
      expect(() => scheduleOption(text)).toThrow(/^Expected one of constant, cosine/);
    expect(() => scheduleOption('linear')).toThrow(InvalidArgumentError);
  });
});

describe('--augment', () => {
  const { horizontalFlip, pcaColour, randomCrop } = usualAugmentations;

  it('does what is named, and nothing else', () => {
    expect(augmentOption('none')).toEqual([]);
    expect(augmentOption('flip')).toEqual([horizontalFlip]);
    expect(augmentOption('crop, pca-color')).toEqual([{ ...randomCrop, padding: 4 }, pcaColour]);
    expect(augmentOption('flip,crop=8,pca-colour')).toEqual([{ ...randomCrop, padding: 8 }, horizontalFlip, pcaColour]);
  });

  it('knows every step of the library, and takes a number for most', () => {
    const { randomCrop: _, ...others } = usualAugmentations;
    const all = 'cutmix,mixup,erasing,resized-crop,flip,pca-colour,colour-jitter,randaugment';
    const steps = augmentOption(all);
    expect(steps).toHaveLength(Object.keys(others).length);
    expect(steps).toEqual(expect.arrayContaining(Object.values(others)));
    expect(
      augmentWords
        .slice(1)
        .flatMap((word) => augmentOption(word))
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(Object.keys(usualAugmentations).sort());
    expect(augmentOption('color-jitter=0.2,mixup=1,randaugment=5,erasing=0.25')).toEqual([
      { kind: 'colourJitter', brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0 },
      { kind: 'randAugment', operations: 2, magnitude: 5 },
      { ...others.randomErasing, probability: 0.25 },
      { kind: 'mixUp', alpha: 1 },
    ]);
  });

  it('takes the list of a recipe, and says what is wrong with one', () => {
    const steps = [{ ...randomCrop, padding: 2 }, horizontalFlip];
    expect(augmentOption(JSON.stringify(steps))).toEqual(steps);
    expect(augmentOption('[{"kind":"randomCrop"}]')).toEqual([randomCrop]);
    expect(() => augmentOption('[{"kind":"randomCrop","padding":-1}]')).toThrow(
      /^augment\[0\]\.padding: expected a whole number from 0 to \d+, found -1\. Expected some of flip/,
    );
    expect(() => augmentOption('[{"kind":"mixUp"},{"kind":"horizontalFlip"}]')).toThrow(
      'augment: horizontalFlip is after mixUp, expected in this order',
    );
    expect(() => augmentOption('crop,resized-crop')).toThrow(
      'randomResizedCrop is after randomCrop, expected one crop',
    );
    expect(() => augmentOption('randaugment=31')).toThrow(
      'augment[0].magnitude: expected a whole number from 0 to 30, found 31.',
    );
    expect(() => augmentOption('[')).toThrow(InvalidArgumentError);
  });

  it.each(['', 'flop', 'flip,', 'crop=', 'crop=-1', 'none,flip', 'resized-crop=3', 'flip=0.5=1', 'toString'])(
    'refuses %j',
    (text) => {
      expect(() => augmentOption(text)).toThrow('Expected some of flip, crop, resized-crop, pca-colour');
    },
  );
});

describe('--class-weights', () => {
  it('takes balanced, pairs and JSON', () => {
    expect(classWeightsOption('balanced')).toBe('balanced');
    expect(classWeightsOption('cat=2, dog=0.5')).toEqual({ cat: 2, dog: 0.5 });
    expect(classWeightsOption('a=b=2')).toEqual({ 'a=b': 2 });
    expect(classWeightsOption('{"cat": 2}')).toEqual({ cat: 2 });
  });

  it.each([
    '',
    'cat',
    'cat=',
    'cat=0',
    'cat=-1',
    '=2',
    'cat=x',
    '{"cat":"2"}',
    '{"cat":',
    '{}',
    '[1,2]',
    'cat=1e999',
    'cat=1e39',
    'cat=1e-60',
  ])('refuses %j', (text) => {
    expect(() => classWeightsOption(text)).toThrow('Expected balanced, or a weight above 0 by class: cat=2,dog=1');
  });
});

describe('a preset with options', () => {
  it('is refused in the words of the command line', () => {
    expect(() => configured(presets.torchvision, { groups: 2 })).toThrow(
      /^--groups: alexnet\/torchvision has no convolution in groups.+Leave --groups out\.$/,
    );
    expect(() => configured(presets.torchvision, { width: 17 })).toThrow(/^--width: must be above 0/);
    expect(() => configured(presets.torchvision, { inputSize: 40_000 })).toThrow(
      /Choose a smaller --width, --input-size or number of classes\.$/,
    );
  });
});
