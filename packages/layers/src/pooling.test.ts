import * as tf from '@tensorflow/tfjs-core';
import { avgPool, maxPool } from '@zoo/spec';
import { referencePool } from '@zoo/testing/reference-pool';
import { describe, expect, it } from 'vitest';
import { AveragePooling2D, MaxPooling2D } from './pooling.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

for (const { size, stride, ...options } of [
  { size: 3, stride: 2, padding: 0, ceil: false },
  { size: 3, stride: 2, padding: 0, ceil: true },
  { size: 2, stride: 2, padding: 1, ceil: true },
  { size: 3, stride: 1, padding: 1, ceil: false },
]) {
  const title = JSON.stringify({ size, stride, ...options });
  describeLayer(`MaxPooling2D ${title}`, {
    layer: maxPool(size, stride, options),
    input: [6, 5, 3],
    reference: (x) => referencePool('max', x, { size, stride, ...options }).y,
  });
  describeLayer(`AveragePooling2D ${title}`, {
    layer: avgPool(size, stride, options),
    input: [6, 5, 3],
    reference: (x) => referencePool('avg', x, { size, stride, ...options }).y,
  });
}

describe('pooling', () => {
  it.each([
    [54, false, 26],
    [54, true, 27],
    [55, false, 27],
    [55, true, 27],
  ])('of %i by 3 in steps of 2, rounding up: %s, gives %i', (side, ceil, windows) => {
    const layer = new MaxPooling2D({ size: 3, stride: 2, ceil });
    expect(layer.computeOutputShape([null, side, side, 1])).toEqual([null, windows, windows, 1]);
  });

  it('takes steps of its own size where none are given', () => {
    expect(new MaxPooling2D({ size: 2 }).computeOutputShape([null, 6, 4, 1])).toEqual([null, 3, 2, 1]);
  });

  it.each([
    ['a window larger than the maps', { size: 5 }, 'a window of 5x5 does not fit into 4x4 with padding 0'],
    ['a stride of 0', { size: 2, stride: 0 }, 'stride must be a whole number of at least 1, got 0'],
    ['padding of more than half a window', { size: 3, padding: 2 }, 'padding 2 is more than half of size 3'],
  ])('refuses %s', (_what, options, message) => {
    for (const Pooling of [MaxPooling2D, AveragePooling2D])
      expect(() => tf.tidy(() => applyTo(new Pooling(options), tf.zeros([1, 4, 4, 1])))).toThrow(message);
  });

  it('refuses vectors', () => {
    const layer = new AveragePooling2D({ name: 'mean', size: 2 });
    expect(() => tf.tidy(() => applyTo(layer, tf.zeros([1, 4])))).toThrow(
      'mean: needs maps [batch, height, width, channels], got [1,4]. Add the missing axes.',
    );
  });
});
