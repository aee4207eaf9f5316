import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image.ts';
import { horizontalFlip } from './horizontal-flip.ts';

const image: Image = { pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), height: 2, width: 2, channels: 3 };

describe('horizontalFlip', () => {
  it('swaps pixels, not channels', () => {
    expect(horizontalFlip(1)(image, random(0)).pixels).toEqual(Uint8Array.of(4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9));
    expect(horizontalFlip(0)(image, random(0)).pixels).toEqual(image.pixels);
  });

  it('flips half of the pictures', () => {
    const flips = Array.from({ length: 2000 }, (_, seed) => horizontalFlip()(image, random(seed)).pixels[0] === 4);
    expect(Math.abs(flips.filter(Boolean).length - 1000)).toBeLessThan(100);
  });

  it('names a probability that is none', () => {
    expect(() => horizontalFlip(2)).toThrow('horizontalFlip: probability is 2, expected 0 to 1.');
    expect(() => horizontalFlip(Number.NaN)).toThrow('probability is NaN, expected 0 to 1.');
  });
});
