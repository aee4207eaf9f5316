import * as tf from '@tensorflow/tfjs-core';
import { conv } from '@zoo/spec';
import { zeros } from '@zoo/testing/numbers';
import { referenceConv } from '@zoo/testing/reference-conv';
import { describe, expect, it } from 'vitest';
import { GroupedConv2D } from './grouped-conv2d.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer, type LayerCase } from './testing/describe-layer.ts';

const withBias =
  (options: { stride: number; padding: number; groups: number }): LayerCase['reference'] =>
  (x, [kernel = x, bias = x]) => {
    const products = referenceConv(x, kernel, { ...options, dilation: 1 });
    const y = zeros(products.shape);
    products.values.forEach((value, i) => {
      y.values[i] = value + (bias.values[i % bias.values.length] ?? 0);
    });
    return y;
  };

for (const options of [
  { stride: 1, padding: 1, groups: 1 },
  { stride: 2, padding: 0, groups: 2 },
  { stride: 1, padding: 2, groups: 4 },
])
  describeLayer(`GroupedConv2D ${JSON.stringify(options)}`, {
    layer: conv(4, 3, options),
    input: [6, 5, 4],
    reference: withBias(options),
  });

describe('GroupedConv2D', () => {
  it('lets each group of filters see its own channels alone', () => {
    tf.tidy(() => {
      const layer = new GroupedConv2D({ filters: 2, kernelSize: 1, groups: 2 });
      layer.apply(tf.zeros([1, 1, 1, 4]));
      layer.setWeights([
        tf.tensor4d([
          [
            [
              [1, 10],
              [2, 20],
            ],
          ],
        ]),
        tf.tensor1d([0.5, 0.25]),
      ]);
      const y = applyTo(layer, tf.tensor4d([[[[1, 2, 3, 4]]]]));
      expect([...y.dataSync()]).toEqual([1 + 4 + 0.5, 30 + 80 + 0.25]);
      layer.dispose();
    });
  });

  it.each([
    ['groups', 'channels', { filters: 4, groups: 3 }, 'odd: 3 groups must divide both 6 input channels and 4 filters'],
    ['groups', 'filters', { filters: 6, groups: 4 }, 'odd: 4 groups must divide both 6 input channels and 6 filters'],
    ['a stride', '0', { filters: 6, stride: 0 }, 'groupedConv2d: stride must be a whole number of at least 1, got 0'],
    [
      'padding',
      '-1',
      { filters: 6, padding: -1 },
      'groupedConv2d: padding must be a whole number of at least 0, got -1',
    ],
    ['a kernel', 'too large', { filters: 6, kernelSize: 9 }, 'a filter reaching 9x9 does not fit into 4x4'],
  ])('refuses %s of %s', (_what, _value, options, message) => {
    const layer = new GroupedConv2D({ name: 'odd', kernelSize: 3, ...options });
    expect(() => tf.tidy(() => applyTo(layer, tf.zeros([1, 4, 4, 6])))).toThrow(message);
  });

  it('refuses vectors', () => {
    const layer = new GroupedConv2D({ name: 'flat', filters: 1, kernelSize: 1 });
    expect(() => tf.tidy(() => applyTo(layer, tf.zeros([1, 4])))).toThrow(
      'flat: needs maps [batch, height, width, channels] of known size, got [1,4]',
    );
  });
});
