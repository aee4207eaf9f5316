import { describe, expect, it } from 'vitest';
import { type Augmentation, type RandomErasing, usualAugmentations } from './augmentation.ts';
import { augmentationSizeProblem, maxCropPadding } from './augmentation-size.ts';
import type { ModelSpec } from './model-spec.ts';

const sizes = (height: number, width: number, padding?: number): Pick<ModelSpec, 'input' | 'preprocessing'> => ({
  input: [height, width, 3],
  preprocessing: {
    range: 1,
    mean: [0, 0, 0],
    std: [1, 1, 1],
    channels: 'rgb',
    ...(padding !== undefined && { padding }),
  },
});
const { randomCrop, randomErasing, randomResizedCrop } = usualAugmentations;
const erasing = (scale: RandomErasing['scale'], ratio: RandomErasing['ratio']): RandomErasing => ({
  ...randomErasing,
  scale,
  ratio,
});

describe('the size of a step', () => {
  it('is at most a pixel less than the side of the picture, for the padding of a crop', () => {
    expect(maxCropPadding(sizes(32, 32))).toBe(31);
    expect(maxCropPadding(sizes(32, 8))).toBe(7);
    // Two rows of a frame are as black as the padding.
    expect(maxCropPadding(sizes(32, 32, 2))).toBe(29);
    expect(maxCropPadding(sizes(1, 1))).toBe(0);
    expect(augmentationSizeProblem({ ...randomCrop, padding: 31 }, sizes(32, 32))).toBeUndefined();
    for (const padding of [32, 1000])
      expect(augmentationSizeProblem({ ...randomCrop, padding }, sizes(32, 32))).toBe(
        `has a padding of ${padding}, expected at most 31 for the network's pictures of 32x32: with more, a crop may lie in the black padding alone. Choose a smaller padding.`,
      );
  });

  it('leaves something to erase, and something to see', () => {
    const fits = (step: Augmentation) => augmentationSizeProblem(step, sizes(8, 8)) === undefined;
    // 7x7 of 8x8 are 0.77 of it: with 0.88, a square of 7.5 rounds to the whole.
    expect(fits(erasing([0.87, 0.9], [1, 1]))).toBe(true);
    expect(fits(erasing([0.9, 1], [1, 1]))).toBe(false);
    expect(fits(erasing([0.9, 1], [0.3, 3.3]))).toBe(false);
    expect(fits(erasing([0, 1], [0.3, 3.3]))).toBe(true);
    // Of 1000 rows a column.
    expect(fits(erasing([0.02, 0.33], [1000, 1000]))).toBe(false);
    expect(fits(erasing([0.02, 0.33], [1 / 1000, 1 / 1000]))).toBe(false);
    // Less than a pixel.
    expect(fits(erasing([0, 0.003], [1, 1]))).toBe(false);
    expect(fits({ ...erasing([1, 1], [1, 1]), probability: 0 })).toBe(true);
    expect(augmentationSizeProblem(erasing([1, 1], [0.5, 2]), sizes(8, 8))).toBe(
      "has a scale of 1 to 1 and a ratio of 0.5 to 2, of which no rectangle has a pixel and fits into the network's pictures of 8x8: it would erase nothing. Choose a scale and a ratio that fit, or leave it out.",
    );
  });

  it('is some part of a picture, for a resized crop', () => {
    expect(augmentationSizeProblem({ ...randomResizedCrop, scale: [0, 0] }, sizes(8, 8))).toContain(
      'has a scale of 0 to 0, expected an upper one above 0',
    );
    expect(augmentationSizeProblem({ ...randomResizedCrop, scale: [0, 0.01] }, sizes(8, 8))).toBeUndefined();
  });

  it('fits with the usual numbers, however small the picture', () => {
    for (const step of Object.values(usualAugmentations))
      for (const side of [2, 8, 32, 227]) expect(augmentationSizeProblem(step, sizes(side, side))).toBeUndefined();
  });
});
