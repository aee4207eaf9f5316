import { expect, it } from 'vitest';
import { type Convolution, convolution } from './convolution.ts';
import { subPixels } from './sub-pixels.ts';

const strided = (channels: number, taps: number, stride: number, before: number): Convolution =>
  convolution([8, 224, 224, channels], [taps, taps, channels, 64], {
    strides: [stride, stride],
    pad: [
      [0, 0],
      [before, 2],
      [before, 2],
      [0, 0],
    ],
  });

it('makes the 16 phases of a first layer the channels of one convolution', () => {
  expect(subPixels(strided(3, 11, 4, 2))).toEqual({
    ...{ batchSize: 8, inHeight: 55, inWidth: 55, inChannels: 64, filterHeight: 3, filterWidth: 3 },
    ...{ outHeight: 57, outWidth: 57, outChannels: 48, strideHeight: 1, strideWidth: 1 },
    ...{ dilationHeight: 1, dilationWidth: 1, groups: 1, top: 2, left: 2 },
  });
});

it('leaves the phases apart where pixels have channels enough, and where the image begins beyond the filter', () => {
  expect(subPixels(strided(96, 5, 2, 2))).toBeUndefined();
  expect(subPixels(strided(3, 11, 1, 2))).toBeUndefined();
  expect(subPixels(strided(3, 11, 4, 12))).toBeUndefined();
});
