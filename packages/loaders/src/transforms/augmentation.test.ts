import { readFileSync } from 'node:fs';
import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../batch.ts';
import type { Image } from '../image.ts';
import { inMemory } from '../in-memory.ts';
import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  cutMixArea,
  cutMixed,
  equalize,
  erased,
  fiveCrop,
  imagenetColours,
  meanImage,
  mixedUp,
  normalize,
  randAugmentOperations,
  resizedCrop,
  shiftColours,
  softLabels,
  subtractMeanImage,
} from '../index.ts';

interface Case {
  height: number;
  width: number;
  pixels: number[];
}
type Given = Case & { factor: number };
type AreaGiven = readonly [top: number, left: number, height: number, width: number];
interface MixCase {
  lambda: number;
  images: number[];
  targets: number[];
}

/** Recorded by fixtures/record-augmentation.py. */
const golden: {
  picture: Case;
  resizedCrop: (Case & { area: AreaGiven })[];
  brightness: Given[];
  contrast: Given[];
  contrastOfGrey: Given[];
  saturation: Given[];
  hue: Given[];
  randAugment: (Case & { operation: string; magnitude: number; sign: number })[];
  equalize: Case & { before: number[] };
  erased: { area: AreaGiven; pixels: number[] }[];
  erasedByNoise: { area: AreaGiven; noise: number[]; pixels: number[] };
  normalized: number[];
  pcaColour: (Case & { alpha: [number, number, number] })[];
  meanImage: number[];
  fiveCrop: Case[];
  batch: { shape: [number, number, number, number]; images: number[]; labels: number[]; classes: number };
  mixUp: MixCase[];
  cutMix: (MixCase & { row: number; column: number; box: [x1: number, y1: number, x2: number, y2: number] })[];
} = JSON.parse(readFileSync(new URL('../../fixtures/augmentation.json', import.meta.url), 'utf8'));

const picture: Image = { ...golden.picture, pixels: Uint8Array.from(golden.picture.pixels), channels: 3 };
const grey: Image = { ...picture, pixels: picture.pixels.filter((_, index) => index % 3 === 0), channels: 1 };
const areaOf = ([top, left, height, width]: AreaGiven) => ({ top, left, height, width });

/** Half of the last digit that is recorded, and a float's error at 255: values are 0 to 255. */
const ofRounding = 1e-3;

function expectNear(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const worst = expected.reduce((most, value, index) => {
    const difference = Math.abs(value - (actual[index] ?? Number.NaN));
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
  expect(worst).toBeLessThanOrEqual(tolerance);
}
function expectLike(actual: Image, expected: Case, tolerance = ofRounding): void {
  expect([actual.height, actual.width]).toEqual([expected.height, expected.width]);
  expectNear(actual.pixels, expected.pixels, tolerance);
}

describe('equal torchvision, with given parameters', () => {
  it.each(golden.resizedCrop)('resizedCrop of $area to $height x $width', (expected) => {
    expectLike(resizedCrop(picture, areaOf(expected.area), expected.height, expected.width), expected);
  });

  it.each(golden.brightness)('brightness × $factor', (expected) => {
    expectLike(adjustBrightness(picture, expected.factor), expected);
  });
  it.each(golden.contrast)('contrast × $factor', (expected) => {
    expectLike(adjustContrast(picture, expected.factor), expected);
  });
  it.each(golden.contrastOfGrey)('contrast × $factor of a grey picture', (expected) => {
    expectLike(adjustContrast(grey, expected.factor), expected);
  });
  it.each(golden.saturation)('saturation × $factor', (expected) => {
    expectLike(adjustSaturation(picture, expected.factor), expected);
  });
  it.each(golden.hue)('hue + $factor', (expected) => {
    expectLike(adjustHue(picture, expected.factor), expected);
  });
  it('leaves the colours of a grey picture alone', () => {
    expect(adjustSaturation(grey, 0)).toBe(grey);
    expect(adjustHue(grey, 0.3)).toBe(grey);
  });

  it('has every operation of RandAugment', () => {
    const recorded = new Set(golden.randAugment.map(({ operation }) => operation));
    expect(Object.keys(randAugmentOperations).sort()).toEqual([...recorded].sort());
  });
  it.each(golden.randAugment)('RandAugment: $operation at $magnitude, sign $sign', (expected) => {
    const operation = randAugmentOperations[expected.operation];
    if (!operation) throw new Error('no such operation');
    const amount = operation.amount(expected.magnitude / 30, picture);
    expectLike(operation.apply(picture, expected.sign * amount), expected);
  });
  it('equalize', () => {
    const { before, height, width } = golden.equalize;
    expectLike(equalize({ pixels: Uint8Array.from(before), height, width, channels: 3 }), golden.equalize, 0);
  });

  it.each(golden.erased)('erased in $area', ({ area, pixels }) => {
    const normalized: Image = { ...picture, pixels: Float32Array.from(golden.normalized) };
    const output = erased(normalized, areaOf(area), (channel) => [0, 0.5, -1][channel] ?? 0);
    expectNear(output.pixels, pixels, 1e-5);
    expect([...normalized.pixels]).toEqual(golden.normalized.map(Math.fround));
  });
  it('erased by noise', () => {
    const { area, noise, pixels } = golden.erasedByNoise;
    const imagenet = normalize({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
    const left = [...noise];
    const output = erased(imagenet(picture, random(0)), areaOf(area), () => left.shift() ?? Number.NaN);
    expectNear(output.pixels, pixels, 1e-5);
  });

  it.each(golden.pcaColour)('PCA colour with alpha $alpha, as NumPy computes it', (expected) => {
    expectLike(shiftColours(picture, expected.alpha, imagenetColours), expected);
  });

  it.each(golden.fiveCrop.map((expected, view) => ({ view, expected })))(
    'fiveCrop view $view',
    ({ view, expected }) => {
      const output = fiveCrop(5, 6)[view]?.(picture, random(0));
      if (!output) throw new Error('no such view');
      expectLike(output, expected, 0);
    },
  );
});

describe('a mean image', () => {
  const { height, width } = picture;
  const mirror = Uint8Array.from(picture.pixels, (_, index) => {
    const row = width * 3;
    return picture.pixels[(height - 1 - Math.floor(index / row)) * row + (index % row)] ?? 0;
  });
  const pictures = inMemory({
    name: 'three',
    classes: ['one'],
    pixels: Uint8Array.from([...picture.pixels, ...mirror, ...picture.pixels.map((value) => value >> 1)]),
    labels: [0, 0, 0],
    height,
    width,
    channels: 3,
  });

  it('is the mean of NumPy, and is subtracted pixel by pixel', async () => {
    const mean = await meanImage(pictures);
    expectNear(mean.pixels, golden.meanImage, 1e-4);
    const { pixels } = subtractMeanImage(mean)(picture, random(0));
    expectNear(
      pixels,
      golden.meanImage.map((value, index) => (picture.pixels[index] ?? 0) - value),
      1e-3,
    );
  });

  it('fits pictures of its size alone, of which there must be some', async () => {
    const mean = await meanImage(pictures);
    expect(() => subtractMeanImage(mean)(grey, random(0))).toThrow(
      'subtractMeanImage: the picture is 8x9x1, expected 8x9x3 as the mean image.',
    );
    await expect(meanImage({ ...pictures, length: 0 })).rejects.toThrow(
      'three: has no pictures, and so no mean image.',
    );
  });
});

describe('mixed batches equal torchvision', () => {
  const { shape, classes } = golden.batch;
  const images = Float32Array.from(golden.batch.images);
  const batch: Batch = {
    images,
    labels: Int32Array.from(golden.batch.labels),
    indices: Uint32Array.of(7, 8, 9),
    shape,
  };
  // torchvision pairs each picture with the one before.
  const partners = Uint32Array.of(2, 0, 1);

  it.each(golden.mixUp)('MixUp with lambda $lambda', (expected) => {
    const mixed = mixedUp(batch, { lambda: expected.lambda, partners });
    expectNear(mixed.images, expected.images, 1e-6);
    expectNear(softLabels(mixed, classes), expected.targets, 1e-6);
    expect(mixed.indices).toBe(batch.indices);
  });

  it.each(golden.cutMix)('CutMix with lambda $lambda around $row, $column', (expected) => {
    const [x1, y1, x2, y2] = expected.box;
    const area = cutMixArea({ height: 4, width: 5 }, expected.lambda, [expected.row, expected.column]);
    expect(area).toEqual({ top: y1, left: x1, height: y2 - y1, width: x2 - x1 });
    const mixed = cutMixed(batch, partners, area);
    expectNear(mixed.images, expected.images, 1e-6);
    expectNear(softLabels(mixed, classes), expected.targets, 1e-6);
  });

  it('leave their input alone', () => {
    mixedUp(batch, { lambda: 0.5, partners });
    cutMixed(batch, partners, { top: 0, left: 0, height: 4, width: 5 });
    expect([...batch.images]).toEqual(golden.batch.images.map(Math.fround));
  });

  it('name pairs and labels that make no sense', () => {
    expect(() => mixedUp(batch, { lambda: 1.5, partners })).toThrow(
      'mixUp: lambda is 1.5, expected a number from 0 to 1.',
    );
    expect(() => mixedUp(batch, { lambda: 0.5, partners: Uint32Array.of(0, 1, 3) })).toThrow(
      'mixUp: partners are [0,1,3], expected 3 places in a batch of 3.',
    );
    expect(() => softLabels(batch, 3)).toThrow('softLabels: a label is 3, expected 0 to 2.');
  });
});
