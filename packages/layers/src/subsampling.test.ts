import * as tf from '@tensorflow/tfjs-core';
import { subsample } from '@zoo/spec';
import { add, at, type Block, zeros } from '@zoo/testing/numbers';
import { describe, expect, it } from 'vitest';
import { Subsampling2D } from './subsampling.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

/** The four inputs are added, multiplied by the map's coefficient, and the map's bias is added. */
function reference(x: Block, [weight = x, bias = x]: readonly Block[], size: number): Block {
  const [batch, height, width, channels] = x.shape;
  const y = zeros([batch, height / size, width / size, channels]);
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++)
        for (let c = 0; c < channels; c++) {
          const [row, column] = [Math.floor(i / size), Math.floor(j / size)];
          add(y, n, row, column, c, at(x, n, i, j, c) * (weight.values[c] ?? 0));
          if (i % size === 0 && j % size === 0) add(y, n, row, column, c, bias.values[c] ?? 0);
        }
  return y;
}

for (const size of [2, 3])
  describeLayer(`Subsampling2D of ${size}x${size}`, {
    layer: subsample(size),
    input: [2 * size, size, 3],
    reference: (x, weights) => reference(x, weights, size),
  });

describe('Subsampling2D', () => {
  it.each([0, 1.5, Number.NaN])('refuses a size of %d', (size) => {
    expect(() => new Subsampling2D({ name: 's2', size })).toThrow(
      `s2: size must be a whole number of at least 1, got ${size}.`,
    );
  });

  it('refuses maps that its windows do not fill, and vectors', () => {
    expect(() => tf.tidy(() => applyTo(new Subsampling2D({ name: 's2', size: 2 }), tf.zeros([1, 4, 5, 1])))).toThrow(
      's2: 2x2 windows side by side do not fill maps of 4x5. Choose a size that divides both.',
    );
    expect(() => tf.tidy(() => applyTo(new Subsampling2D({ name: 's2', size: 2 }), tf.zeros([1, 4])))).toThrow(
      's2: needs maps [batch, height, width, channels] of known size, got [1,4].',
    );
  });
});
