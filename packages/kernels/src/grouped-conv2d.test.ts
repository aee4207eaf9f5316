import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { expectAllClose, expectClose, noise, type Shape, seeded, tensor, zeros } from '@zoo/testing/numbers';
import { referenceConv, referenceConvGradients } from '@zoo/testing/reference-conv';
import { describe, expect, it } from 'vitest';
import type { ConvOptions } from './conv-geometry.ts';
import { groupedConv2d } from './grouped-conv2d.ts';

interface Case extends Required<ConvOptions> {
  x: Shape;
  filter: Shape;
}

const fixed: Case[] = [
  { x: [2, 7, 6, 4], filter: [3, 3, 4, 6], stride: 1, padding: 1, groups: 1, dilation: 1 },
  { x: [2, 7, 6, 4], filter: [3, 3, 2, 6], stride: 1, padding: 1, groups: 2, dilation: 1 },
  { x: [2, 7, 8, 6], filter: [3, 2, 2, 9], stride: 2, padding: 1, groups: 3, dilation: 1 },
  { x: [2, 8, 7, 5], filter: [3, 3, 1, 5], stride: 1, padding: 1, groups: 5, dilation: 1 },
  { x: [1, 9, 9, 4], filter: [3, 3, 2, 4], stride: 1, padding: 2, groups: 2, dilation: 2 },
  { x: [1, 15, 14, 3], filter: [5, 5, 3, 4], stride: 4, padding: 2, groups: 1, dilation: 1 },
  { x: [2, 6, 6, 12], filter: [1, 1, 12, 2], stride: 1, padding: 2, groups: 1, dilation: 1 },
];

/** Random shapes that fit together. */
const drawn: Case[] = Array.from({ length: 12 }, (_, index) => {
  const generator = seeded(11, index);
  const pick = (least: number, most: number) => least + generator.integer(most - least + 1);
  const [groups, perGroup, outPerGroup] = [pick(1, 4), pick(1, 10), pick(1, 4)];
  const [kernelHeight, kernelWidth, dilation] = [pick(1, 4), pick(1, 4), pick(1, 2)];
  const [height, width] = [dilation * kernelHeight + pick(0, 6), dilation * kernelWidth + pick(0, 6)];
  return {
    x: [pick(1, 3), height, width, groups * perGroup],
    filter: [kernelHeight, kernelWidth, perGroup, groups * outPerGroup],
    stride: pick(1, 3),
    padding: pick(0, 3),
    groups,
    dilation,
  };
});

describeOnBackends('groupedConv2d', () => {
  it.each([...fixed, ...drawn])(
    'equals the loops, forward and backward: %j',
    ({ x: xShape, filter: filterShape, ...options }) => {
      const generator = seeded(1, ...xShape, ...filterShape);
      const [x, filter] = [noise(xShape, generator), noise(filterShape, generator)];
      const y = referenceConv(x, filter, options);
      const dy = noise(y.shape, generator);
      const { dx, dFilter } = referenceConvGradients(x, filter, dy, options);
      const outChannels = filterShape[3];
      const bias = noise([1, 1, 1, outChannels], generator);
      const [shifted, dBias] = [zeros(y.shape), zeros(bias.shape)];
      y.values.forEach((value, place) => {
        const channel = place % outChannels;
        shifted.values[place] = value + (bias.values[channel] ?? 0);
        dBias.values[channel] = (dBias.values[channel] ?? 0) + (dy.values[place] ?? 0);
      });
      tf.tidy(() => {
        const conv = (a: tf.Tensor, b: tf.Tensor, c?: tf.Tensor) =>
          groupedConv2d(tf.reshape(a, xShape), tf.reshape(b, filterShape), options, c && tf.reshape(c, [outChannels]));
        expectClose(conv(tensor(x), tensor(filter)), y, { atol: 1e-4 });
        const { value, grads } = tf.valueAndGrads(conv)([tensor(x), tensor(filter), tensor(bias)], tensor(dy));
        expectClose(value, shifted, { atol: 1e-4 });
        expectAllClose(grads, [dx, dFilter, dBias], { atol: 1e-4 });
      });
    },
  );

  it('has the gradient that finite differences show', async () => {
    const generator = seeded(5);
    const [x, filter, weight] = [
      noise([1, 5, 5, 4], generator),
      noise([3, 3, 2, 4], generator),
      noise([1, 3, 3, 4], generator),
    ];
    const options: Required<ConvOptions> = { stride: 2, padding: 1, groups: 2, dilation: 1 };
    const indices = [0, 17, 40, 71];
    const { gradient, moved } = tf.tidy(() => {
      const loss = (f: tf.Tensor) =>
        tf.sum(tf.mul(groupedConv2d(tensor(x), tf.reshape(f, [3, 3, 2, 4]), options), tensor(weight)));
      const moved = indices.flatMap((index) =>
        [1 / 16, -1 / 16].map((step) => {
          const values = Float64Array.from(filter.values, (value, i) => (i === index ? value + step : value));
          return loss(tensor({ shape: filter.shape, values }));
        }),
      );
      return { gradient: tf.grad(loss)(tensor(filter)), moved: tf.stack(moved) };
    });
    const [analytic, losses] = [await gradient.data(), await moved.data()];
    tf.dispose([gradient, moved]);
    for (const [place, index] of indices.entries()) {
      const difference = (losses[2 * place] ?? Number.NaN) - (losses[2 * place + 1] ?? Number.NaN);
      expect(difference * 8).toBeCloseTo(analytic[index] ?? Number.NaN, 3);
    }
  });
});

describe('groupedConv2d refuses', () => {
  const call = (x: Shape, filter: Shape, options: object) => () =>
    tf.tidy(() => groupedConv2d(tf.zeros(x), tf.zeros(filter), options));
  it('channels that do not divide', () => {
    expect(call([1, 4, 4, 3], [1, 1, 3, 4], { groups: 2 })).toThrow(
      'groupedConv2d: 3 input and 4 output channels do not both divide into 2 groups',
    );
    expect(call([1, 4, 4, 4], [1, 1, 2, 3], { groups: 2 })).toThrow(
      'groupedConv2d: 4 input and 3 output channels do not both divide into 2 groups',
    );
  });
  it('a filter of other channels', () =>
    expect(call([1, 4, 4, 4], [1, 1, 4, 4], { groups: 2 })).toThrow(
      'the filter takes 4 channels, but 4 input channels in 2 groups give 2. Give a filter of [1, 1, 2, 4].',
    ));
  it('a bias that does not go with the filter', () =>
    expect(() =>
      tf.tidy(() => groupedConv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([1, 1, 1, 2]), {}, tf.zeros([1]))),
    ).toThrow('groupedConv2d: the bias must be [2], a number for each output channel, got [1].'));
  it('a filter larger than the image', () =>
    expect(call([1, 4, 4, 1], [3, 3, 1, 1], { dilation: 3 })).toThrow(
      'a filter reaching 7x7 does not fit into 4x4 with padding 0',
    ));
  it('options that are no whole numbers', () => {
    expect(call([1, 4, 4, 1], [1, 1, 1, 1], { stride: 0 })).toThrow(
      'stride must be a whole number of at least 1, got 0',
    );
    expect(call([1, 4, 4, 1], [1, 1, 1, 1], { padding: -1 })).toThrow(
      'padding must be a whole number of at least 0, got -1',
    );
    expect(call([1, 4, 4, 1], [1, 1, 1, 1], { groups: 1.5 })).toThrow(
      'groups must be a whole number of at least 1, got 1.5',
    );
  });
});
