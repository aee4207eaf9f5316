import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { pad } from './pad.ts';

const image = { pixels: Uint8Array.of(1, 2, 3, 4), height: 1, width: 2, channels: 2 };

describe('pad', () => {
  it('puts black pixels on each side, and leaves its input alone', () => {
    expect(pad(1)(image, random(0))).toEqual({
      pixels: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      height: 3,
      width: 4,
      channels: 2,
    });
    expect(image.pixels).toEqual(Uint8Array.of(1, 2, 3, 4));
    expect(pad(0)(image, random(0))).toEqual(image);
  });

  it.each([-1, 0.5])('refuses %d pixels', (padding) => {
    expect(() => pad(padding)).toThrow(`pad: padding is ${padding}, expected a whole number of at least 0.`);
  });
});
