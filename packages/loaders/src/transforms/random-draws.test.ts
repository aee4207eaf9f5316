import { type Random, random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image.ts';
import { colourJitter, randAugment, randAugmentOperations, randomErasing, randomResizedCrop } from '../index.ts';
import { randomCropArea } from './random-resized-crop.ts';

const noise = (height: number, width: number, channels = 3): Image => {
  const { integer } = random(1);
  return {
    pixels: Uint8Array.from({ length: height * width * channels }, () => integer(256)),
    height,
    width,
    channels,
  };
};
const picture = noise(40, 60);
const seeds = Array.from({ length: 2000 }, (_, seed) => seed);
/** Gives these uniform numbers, then those of a seed. */
const drawing = (...numbers: number[]): Random => {
  const more = random(0);
  const uniform = () => numbers.shift() ?? more.uniform();
  return { ...more, uniform, integer: (bound) => Math.floor(uniform() * bound) };
};
const share = (count: number): number => count / seeds.length;

describe('randomResizedCrop', () => {
  it('has the size that is asked for, and the areas and proportions of its options', () => {
    const options = { scale: [0.25, 0.5], ratio: [0.5, 2] } as const;
    const areas = seeds.map((seed) => randomCropArea(picture, options, random(seed)));
    for (const { top, left, height, width } of areas) {
      expect(top >= 0 && left >= 0 && top + height <= 40 && left + width <= 60).toBe(true);
      const [covered, ratio] = [(height * width) / 2400, width / height];
      // Sides are rounded to whole pixels: of 17 pixels and more, half a pixel is 3 %.
      expect(covered).toBeGreaterThan(0.25 * 0.94);
      expect(covered).toBeLessThan(0.5 * 1.06);
      expect(ratio).toBeGreaterThan(0.5 * 0.94);
      expect(ratio).toBeLessThan(2 * 1.06);
    }
    const wide = areas.filter(({ height, width }) => width > height).length;
    // As often wide as high, but for those of more than 40 rows, which are drawn again.
    expect(share(wide)).toBeGreaterThan(0.45);
    expect(share(wide)).toBeLessThan(0.65);
    const output = randomResizedCrop(7, 9, options)(picture, random(3));
    expect([output.height, output.width, output.pixels.length]).toEqual([7, 9, 7 * 9 * 3]);
  });

  it('takes the first numbers as torchvision means them: area, logarithm of width : height, place', () => {
    // A quarter of 2400 pixels is 600; e^(ln 0.5 + 0.75·ln 4) = √2 ≈ 1.414: 29.13 x 20.60.
    const area = randomCropArea(picture, { scale: [0.25, 0.5], ratio: [0.5, 2] }, drawing(0, 0.75, 0.5, 0.999));
    expect(area).toEqual({ height: 21, width: 29, top: 10, left: 31 });
  });

  it('cuts the middle where nothing fits, of proportions that are allowed', () => {
    const options = { scale: [1, 1], ratio: [1, 1] } as const;
    expect(randomCropArea(noise(10, 31), options, random(0))).toEqual({ top: 0, left: 10, height: 10, width: 10 });
    expect(randomCropArea(noise(31, 10), options, random(0))).toEqual({ top: 10, left: 0, height: 10, width: 10 });
    const wide = { scale: [1, 1], ratio: [3, 4] } as const;
    expect(randomCropArea(noise(1, 1), wide, random(0))).toEqual({ top: 0, left: 0, height: 1, width: 1 });
    const high = { scale: [1, 1], ratio: [0.2, 0.3] } as const;
    expect(randomCropArea(noise(1, 9), high, random(0))).toEqual({ top: 0, left: 4, height: 1, width: 1 });
  });

  it('names what makes no sense', () => {
    expect(() => randomResizedCrop(0, 1)).toThrow('randomResizedCrop: height is 0, expected a whole number');
    expect(() => randomResizedCrop(1, 1, { scale: [0.5, 1.5] })).toThrow(
      'randomResizedCrop: the upper scale is 1.5, expected a number from 0.5 to 1.',
    );
    expect(() => randomResizedCrop(1, 1, { ratio: [0, 1] })).toThrow('the lower ratio is 0, expected a number');
    expect(() => randomResizedCrop(1, 1)(noise(0, 4), random(0))).toThrow('the picture is empty, 0x4.');
    const speck = randomResizedCrop(1, 1, { scale: [0, 0.001] });
    expect(() => speck(noise(8, 9), random(0))).toThrow(
      'randomResizedCrop: at most 0.001 of a picture of 8x9 is no pixel, expected one; use a larger scale.',
    );
    expect(speck(noise(80, 90), random(0)).pixels).toHaveLength(3);
  });
});

describe('colourJitter', () => {
  it('does nothing without options, and leaves its input alone', () => {
    const before = picture.pixels.slice();
    expect(colourJitter()(picture, random(0))).toBe(picture);
    colourJitter({ brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 })(picture, random(0));
    expect(picture.pixels).toEqual(before);
  });

  it('draws factors of the whole range', () => {
    const dot: Image = { pixels: Uint8Array.of(100), height: 1, width: 1, channels: 1 };
    const values = seeds.map((seed) => (colourJitter({ brightness: 0.4 })(dot, random(seed)).pixels[0] ?? 0) / 100);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0.6);
    expect(Math.min(...values)).toBeLessThan(0.61);
    expect(Math.max(...values)).toBeLessThanOrEqual(1.4);
    expect(Math.max(...values)).toBeGreaterThan(1.39);
  });

  it('goes through its parts in different orders', () => {
    const jitter = colourJitter({ brightness: 3, contrast: 0.9 });
    const pixels = (order: number[]) => {
      const draws = { ...drawing(0.9, 0.1, 0.5, 0.5), permutation: () => Uint32Array.from(order) };
      return jitter(picture, draws).pixels.join();
    };
    expect(pixels([0, 1, 2, 3])).not.toBe(pixels([1, 0, 2, 3]));
    expect(pixels([0, 1, 2, 3])).toBe(pixels([2, 0, 3, 1]));
  });

  it('names what makes no sense', () => {
    expect(() => colourJitter({ contrast: -1 })).toThrow(
      'colourJitter: contrast is -1, expected a number of at least 0.',
    );
    expect(() => colourJitter({ hue: 0.6 })).toThrow('colourJitter: hue is 0.6, expected a number from 0 to 0.5.');
    expect(() => colourJitter({ contrast: 1 })(noise(2, 2, 4), random(0))).toThrow(
      'is 2x2x4, expected 1 or 3 channels.',
    );
  });
});

describe('randAugment', () => {
  const names = Object.keys(randAugmentOperations);

  it('draws every operation as often, and the sign of each picture', () => {
    const counts = new Map<string, number>();
    const one = randAugment({ operations: 1, magnitude: 20 });
    const small = noise(9, 9, 1);
    const outputs = names.flatMap((name) =>
      [-1, 1].map((sign) => {
        const operation = randAugmentOperations[name];
        if (!operation) throw new Error('no such operation');
        const amount = operation.amount(20 / 30, small);
        return [operation.apply(small, operation.signed ? sign * amount : amount).pixels.join(), name] as const;
      }),
    );
    const nameOf = new Map(outputs);
    for (const seed of seeds) {
      const name = nameOf.get(one(small, random(seed)).pixels.join());
      if (name === undefined) throw new Error('an operation of another amount');
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    // A picture of one channel has no colours, and one of 81 pixels nothing to equalise: these are all the identity.
    expect([...counts.keys()].length).toBe(names.length - 2);
    for (const name of ['shearX', 'rotate', 'posterize'])
      expect(Math.abs((counts.get(name) ?? 0) - seeds.length / 14)).toBeLessThan(50);
  });

  it('keeps the size, and gives the picture back for no operations', () => {
    expect(randAugment({ operations: 0 })(picture, random(0))).toBe(picture);
    for (const seed of seeds.slice(0, 50)) {
      const { height, width, pixels } = randAugment()(picture, random(seed));
      expect([height, width, pixels.length]).toEqual([40, 60, 40 * 60 * 3]);
    }
  });

  it('names a magnitude that makes no sense', () => {
    expect(() => randAugment({ magnitude: 31 })).toThrow(
      'randAugment: magnitude is 31, expected a number from 0 to 30.',
    );
    expect(() => randAugment({ operations: 1.5 })).toThrow('randAugment: operations is 1.5, expected a whole number');
  });
});

describe('randomErasing', () => {
  const ones: Image = { ...picture, pixels: new Float32Array(40 * 60 * 3).fill(1) };

  it('erases a rectangle of half of the pictures', () => {
    const shares = seeds.map((seed) => {
      const { pixels } = randomErasing()(ones, random(seed));
      return Float32Array.from(pixels).filter((value) => value === 0).length / pixels.length;
    });
    const erased = shares.filter((one) => one > 0);
    expect(Math.abs(share(erased.length) - 0.5)).toBeLessThan(0.04);
    expect(Math.min(...erased)).toBeGreaterThan(0.02 * 0.85);
    expect(Math.max(...erased)).toBeLessThan(0.33 * 1.06);
  });

  it('leaves the given values there, or noise', () => {
    const values = new Set(randomErasing({ probability: 1, value: [2, 3, 4] })(ones, random(1)).pixels);
    expect([...values].sort()).toEqual([1, 2, 3, 4]);
    const drawn = new Set(randomErasing({ probability: 1, value: 'noise' })(ones, random(1)).pixels);
    expect(drawn.size).toBeGreaterThan(20);
  });

  it('names what makes no sense', () => {
    expect(() => randomErasing({ probability: 2 })).toThrow(
      'randomErasing: probability is 2, expected a number from 0 to 1.',
    );
    expect(() => randomErasing({ value: [1, 2] })(ones, random(0))).toThrow(
      'randomErasing: 2 values for a picture of 40x60x3, expected 1 or 3.',
    );
  });
});
