import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image.ts';
import { normalize } from './normalize.ts';

const image: Image = { pixels: Uint8Array.of(255, 128, 0), height: 1, width: 1, channels: 3 };
const values = (options: Parameters<typeof normalize>[0]) => Array.from(normalize(options)(image, random(0)).pixels);

describe('normalize', () => {
  it('scales to 1 by default', () => {
    expect(values({})).toEqual([1, Math.fround(128 / 255), 0]);
  });

  it('subtracts BGR means from BGR pixels, as the BVLC Caffe weights want it', () => {
    expect(values({ range: 255, mean: [104, 117, 123], channels: 'bgr' })).toEqual([0 - 104, 128 - 117, 255 - 123]);
  });

  it('takes one value for all channels', () => {
    expect(values({ range: 255, mean: [100], std: [2] })).toEqual([77.5, 14, -50]);
  });

  it('names a mean that does not fit the picture, and a std of 0', () => {
    const grey: Image = { pixels: Uint8Array.of(7), height: 1, width: 1, channels: 1 };
    expect(() => normalize({ mean: [1, 2, 3] })(grey, random(0))).toThrow(
      'normalize: mean has 3 values, expected 1 for a picture of 1x1x1.',
    );
    expect(() => normalize({ std: [1, 0, 1] })).toThrow(
      'normalize: mean 0 and std 1,0,1, expected numbers, and none of std 0.',
    );
    expect(() => normalize({ mean: [] })).toThrow('expected numbers');
  });
});
