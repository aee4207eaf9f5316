import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image.ts';
import { centerCrop } from './center-crop.ts';
import { randomCrop } from './random-crop.ts';
import { resize } from './resize.ts';
import { resizeShorterSide } from './resize-shorter-side.ts';

/** 3x2, one channel, every pixel another value. */
const image: Image = { pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), height: 3, width: 2, channels: 1 };

describe('randomCrop', () => {
  it('reaches every place, and fills what lies outside with black', () => {
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 4000; seed++) {
      const { pixels, height, width } = randomCrop(3, 2, { padding: 1 })(image, random(seed));
      expect([height, width]).toEqual([3, 2]);
      const key = pixels.join(' ');
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(
      ['0 0 0 1 0 3', '0 0 1 2 3 4', '0 0 2 0 4 0', '0 1 0 3 0 5', '1 2 3 4 5 6', '2 0 4 0 6 0']
        .concat(['0 3 0 5 0 0', '3 4 5 6 0 0', '4 0 6 0 0 0'])
        .sort(),
    );
    // Nine places, 444 each on average, standard deviation 20.
    for (const count of seen.values()) expect(Math.abs(count - 4000 / 9)).toBeLessThan(100);
  });

  it('shows a pixel at least, with the most padding', () => {
    const seen = Array.from({ length: 400 }, (_, seed) => randomCrop(3, 2, { padding: 1 })(image, random(seed)));
    expect(seen.filter(({ pixels }) => pixels.every((value) => value === 0))).toEqual([]);
  });

  it('keeps the kind of numbers and leaves its input alone', () => {
    const floats: Image = { ...image, pixels: Float32Array.from(image.pixels, (value) => value + 0.5) };
    expect(randomCrop(1, 1)(floats, random(0)).pixels).toBeInstanceOf(Float32Array);
    expect(randomCrop(1, 1)(image, random(0)).pixels).toBeInstanceOf(Uint8Array);
    expect(image.pixels).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
  });

  it('names sizes that make no sense', () => {
    expect(() => randomCrop(4, 2)(image, random(0))).toThrow(
      'randomCrop: the picture is 3x2, expected at least 4x2; add resizeShorterSide() before it.',
    );
    expect(() => randomCrop(0, 2)).toThrow('randomCrop: height is 0, expected a whole number of at least 1.');
    expect(() => randomCrop(2, 2, { padding: -1 })).toThrow('padding is -1, expected a whole number of at least 0.');
    for (const padding of [2, 1000])
      expect(() => randomCrop(4, 2, { padding })).toThrow(
        `randomCrop: padding is ${padding}, expected less than the sides of the crop, 4x2: with more, it may lie in the black padding alone.`,
      );
    expect(() => centerCrop(2, 3)(image, random(0))).toThrow('centerCrop: the picture is 3x2, expected at least 2x3');
    expect(() => resize(1.5, 2)).toThrow('resize: height is 1.5, expected a whole number of at least 1.');
    expect(() => resizeShorterSide(0)).toThrow('resizeShorterSide: size is 0, expected a whole number');
  });
});
