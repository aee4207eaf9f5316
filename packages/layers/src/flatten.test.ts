import * as tf from '@tensorflow/tfjs-core';
import { flatten } from '@zoo/spec';
import { at, zeros } from '@zoo/testing/numbers';
import { describe, expect, it } from 'vitest';
import { Flatten } from './flatten.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

describeLayer('Flatten, whose vector runs over channels, height and width', {
  layer: flatten(),
  input: [3, 4, 2],
  reference: (x) => {
    const [batch, height, width, channels] = x.shape;
    const y = zeros([batch, 1, 1, channels * height * width]);
    let place = 0;
    for (let n = 0; n < batch; n++)
      for (let c = 0; c < channels; c++)
        for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) y.values[place++] = at(x, n, i, j, c);
    return y;
  },
});

describeLayer('Flatten of what is flat already', {
  layer: flatten(),
  input: [1, 2, 3],
  flattened: true,
  reference: (x) => ({ ...x, shape: [x.shape[0], 1, 1, 6] }),
});

describe('Flatten', () => {
  it('refuses what is neither maps nor vectors', () => {
    const layer = new Flatten({ name: 'flat' });
    expect(() => tf.tidy(() => applyTo(layer, tf.zeros([1, 2, 3])))).toThrow(
      'flat: needs maps [batch, height, width, channels] or vectors of known size, got [1,2,3].',
    );
    expect(() => layer.computeOutputShape([null, null, null, 3])).toThrow(/flat: needs maps .* of known size/);
  });
});
