import * as tf from '@tensorflow/tfjs-core';
import { type Block, seeded } from '@zoo/testing/numbers';
import { type ReferenceConv, referenceConv, referenceConvGradients } from '@zoo/testing/reference-conv';
import { beforeAll, describe, expect, it } from 'vitest';
import { groupedConv2d } from '../grouped-conv2d.ts';
import { draw, expectValues, onWasm, type Values } from '../testing/drawn-values.ts';
import { activated, activations, leak } from '../testing/reference-activation.ts';
import { machines, startWasm } from '../testing/wasm-threads.ts';

type Size = [number, number, number, number];

interface Case {
  x: Size;
  filter: Size;
  strides: [number, number];
  dilations: [number, number];
  pad: 'same' | 'valid' | [[0, 0], [number, number], [number, number], [0, 0]];
}

/** Random shapes that fit together. Few channels are packed by rows of the filter, many by taps. */
const drawn: Case[] = Array.from({ length: 24 }, (_, index) => {
  const generator = seeded(41, index);
  const pick = (least: number, most: number) => least + generator.integer(most - least + 1);
  const dilations: [number, number] = index % 4 === 0 ? [pick(1, 3), pick(1, 3)] : [1, 1];
  const [down, right] = dilations;
  const [filterHeight, filterWidth, channels] = [pick(1, 5), pick(1, 5), index % 2 ? pick(1, 5) : pick(12, 40)];
  const [height, width] = [(filterHeight - 1) * down + pick(1, 9), (filterWidth - 1) * right + pick(1, 9)];
  const sides = (): [number, number] => [pick(0, 4), pick(0, 4)];
  const pads: Case['pad'][] = ['same', 'valid', [[0, 0], sides(), sides(), [0, 0]]];
  return {
    x: [pick(1, 4), height, width, channels],
    filter: [filterHeight, filterWidth, channels, pick(1, 30)],
    strides: down * right === 1 ? [pick(1, 4), pick(1, 4)] : [1, 1],
    dilations,
    pad: pads[index % 3] ?? 'valid',
  };
});

/** Shapes that are convolved by tiles: squares of 3 or 5 taps, many pixels, channels by fours. */
const tiled: Case[] = Array.from({ length: 10 }, (_, index) => {
  const generator = seeded(45, index);
  const pick = (least: number, most: number) => least + generator.integer(most - least + 1);
  const taps = index % 2 ? 5 : 3;
  const sides = (): [number, number] => [pick(0, taps), pick(0, taps)];
  const pads: Case['pad'][] = ['same', 'valid', [[0, 0], sides(), sides(), [0, 0]]];
  const channels = 4 * pick(4, 5);
  return {
    x: [taps === 3 ? 5 : 2, pick(14, 17), pick(14, 17), channels],
    filter: [taps, taps, channels, 4 * pick(4, 6)],
    strides: [1, 1],
    dilations: [1, 1],
    pad: pads[index % 3] ?? 'valid',
  };
});
const explicit = (rows: [number, number], columns: [number, number]): Case['pad'] => [[0, 0], rows, columns, [0, 0]];

/** Of few channels, whose windows are read from the images: in place, padded, at their edges, more than are copied at once. */
const ofFewChannels: Case[] = [
  { x: [3, 19, 20, 5], filter: [3, 3, 5, 8], strides: [1, 1], dilations: [1, 1], pad: 'valid' },
  { x: [2, 23, 29, 3], filter: [5, 4, 3, 13], strides: [1, 1], dilations: [1, 1], pad: 'same' },
  { x: [2, 41, 37, 3], filter: [11, 11, 3, 17], strides: [4, 3], dilations: [1, 1], pad: explicit([2, 5], [7, 0]) },
  { x: [1, 22, 17, 2], filter: [4, 3, 2, 9], strides: [1, 1], dilations: [3, 1], pad: 'same' },
  { x: [1, 9, 9, 3], filter: [9, 9, 3, 6], strides: [2, 2], dilations: [1, 1], pad: 'valid' },
  { x: [5, 3, 2, 1], filter: [1, 2, 1, 1], strides: [1, 1], dilations: [1, 1], pad: 'valid' },
  { x: [2, 1, 1, 2], filter: [2, 2, 2, 3], strides: [4, 4], dilations: [1, 1], pad: explicit([4, 0], [4, 0]) },
  { x: [1, 1, 5, 2], filter: [7, 6, 2, 3], strides: [1, 1], dilations: [1, 1], pad: explicit([9, 12], [11, 9]) },
  { x: [3, 500, 600, 2], filter: [3, 2, 2, 3], strides: [5, 4], dilations: [1, 1], pad: 'same' },
  { x: [3, 60, 61, 1], filter: [2, 2, 1, 300], strides: [1, 1], dilations: [1, 1], pad: 'valid' },
];

/** Of few channels and long steps, whose input's gradient comes in blocks of pixels: by tiles, by windows, and with pads that end inside of a block or beyond one. */
const ofLongSteps: Case[] = [
  { x: [4, 60, 57, 3], filter: [11, 11, 3, 16], strides: [4, 4], dilations: [1, 1], pad: explicit([2, 2], [1, 3]) },
  { x: [5, 33, 35, 4], filter: [10, 9, 4, 16], strides: [2, 2], dilations: [1, 1], pad: explicit([5, 3], [2, 6]) },
  { x: [2, 30, 31, 1], filter: [7, 5, 1, 9], strides: [3, 2], dilations: [1, 1], pad: 'same' },
  { x: [1, 12, 13, 2], filter: [3, 4, 2, 5], strides: [1, 4], dilations: [1, 1], pad: explicit([0, 1], [9, 2]) },
  { x: [3, 11, 10, 3], filter: [6, 6, 3, 7], strides: [5, 4], dilations: [1, 1], pad: explicit([5, 0], [7, 9]) },
];

const convolve = (x: tf.Tensor, filter: tf.Tensor, { strides, dilations, pad }: Case): tf.Tensor =>
  tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, 'NHWC', dilations);

const block = ({ values }: Values, shape: Size): Block => ({ shape, values: Float64Array.from(values) });

/** What a convolution and its gradients should be, and of how many terms their elements are sums. */
interface Wanted {
  inputs: Values[];
  y: Block;
  dx: Block;
  dFilter: Block;
  terms: { y: number; dx: number; dFilter: number };
}

const wantedOf = new Map<string, Wanted>();

/** Loops in double precision, done once for all machines. */
function wanted(xShape: Size, filterShape: Size, options: ReferenceConv): Wanted {
  const key = JSON.stringify([xShape, filterShape, options]);
  const known = wantedOf.get(key);
  if (known) return known;
  const [x, filter] = [draw(xShape, 1), draw(filterShape, 2)];
  const [ofX, ofFilter] = [block(x, xShape), block(filter, filterShape)];
  const y = referenceConv(ofX, ofFilter, options);
  const dy = draw(y.shape, 3);
  const [height, width, perGroup, outputs] = filterShape;
  const [batch, outHeight, outWidth] = y.shape;
  const found: Wanted = {
    inputs: [x, filter, dy],
    y,
    ...referenceConvGradients(ofX, ofFilter, block(dy, y.shape), options),
    terms: {
      y: height * width * perGroup,
      dx: (height * width * outputs) / options.groups,
      dFilter: batch * outHeight * outWidth,
    },
  };
  wantedOf.set(key, found);
  return found;
}

/** The padding of an op of tfjs, in pixels. */
function paddingOf({ x, filter, strides, dilations, pad }: Case): ReferenceConv['padding'] {
  const { padInfo } = tf.backend_util.computeConv2DInfo(x, filter, strides, dilations, pad);
  return [
    [padInfo.top, padInfo.bottom],
    [padInfo.left, padInfo.right],
  ];
}

const optionsOf = (one: Case): ReferenceConv => ({
  stride: one.strides,
  padding: paddingOf(one),
  groups: 1,
  dilation: one.dilations,
});

describe.each(machines)('convolutions on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  it.each([...drawn, ...tiled, ...ofFewChannels, ...ofLongSteps])(
    'equal the loops, forward and backward: %j',
    async (one) => {
      const { inputs, y, dx, dFilter, terms } = wanted(one.x, one.filter, optionsOf(one));
      const forward = await onWasm(inputs, (x, filter) => [convolve(x as tf.Tensor, filter as tf.Tensor, one)]);
      expectValues(forward, [y], terms.y, 'forward');
      // tfjs has no gradient of a dilated convolution.
      if (one.dilations.join() !== '1,1') return;
      const backward = await onWasm(inputs, (x, filter, dy) =>
        tf.grads((a: tf.Tensor, b: tf.Tensor) => convolve(a, b, one))(
          [x as tf.Tensor, filter as tf.Tensor],
          dy as tf.Tensor,
        ),
      );
      expectValues(backward, [dx, dFilter], [terms.dx, terms.dFilter], 'backward');
    },
  );

  it.each(activations)('fused with a bias and %s equal the loops', async (activation) => {
    const [x, filter, alpha] = [draw([2, 7, 9, 5], 1), draw([3, 2, 5, 13], 2), draw([13], 4)];
    // Where padding is one number, tfjs counts windows by the height's filter and stride along both axes: 5 in a row, which could have 10.
    const padding = [
      [1, 1],
      [1, 1 - 5],
    ] as const;
    const options: ReferenceConv = { stride: [2, 1], padding, groups: 1, dilation: 1 };
    const y = referenceConv(block(x, [2, 7, 9, 5]), block(filter, [3, 2, 5, 13]), options);
    for (const bias of [draw([13], 3), draw([1], 3)]) {
      const fused = await onWasm([x, filter, bias, alpha], (x, filter, bias, alpha) => [
        tf.fused.conv2d({
          ...{ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, strides: [2, 1], pad: 1 },
          ...{ bias, activation, preluActivationWeights: alpha, leakyreluAlpha: leak },
        }),
      ]);
      expectValues(fused, [activated(y, activation, bias, alpha)], 30, `bias ${bias.shape}`);
    }
  });

  it.each([
    ...Array.from({ length: 4 }, (_, index) => ({
      x: [5, 14, 15 + index, 2 * 16] as Size,
      filter: [3 + (index & 2), 3 + (index & 2), 16, 2 * 20] as Size,
      options: { stride: 1, padding: index, groups: 2, dilation: 1 },
    })),
    ...Array.from({ length: 16 }, (_, index) => {
      const generator = seeded(43, index);
      const pick = (least: number, most: number) => least + generator.integer(most - least + 1);
      const [groups, dilation] = [pick(1, 4), pick(1, 3)];
      const [height, width] = [pick(1, 4), pick(1, 4)];
      const perGroup = index % 2 ? pick(1, 5) : pick(15, 20);
      return {
        x: [pick(1, 3), dilation * height + pick(0, 6), dilation * width + pick(0, 6), groups * perGroup] as Size,
        filter: [height, width, perGroup, groups * pick(1, 12)] as Size,
        options: { stride: pick(1, 4), padding: pick(0, 4), groups, dilation },
      };
    }),
  ])('in groups equal the loops, forward and backward: %j', async ({ x: xShape, filter: filterShape, options }) => {
    const { inputs, y, dx, dFilter, terms } = wanted(xShape, filterShape, options);
    const actual = await onWasm(inputs, (x, filter, dy) => {
      const conv = (a: tf.Tensor, b: tf.Tensor) => groupedConv2d(a as tf.Tensor4D, b as tf.Tensor4D, options);
      const operands = [x as tf.Tensor, filter as tf.Tensor] as const;
      return [conv(...operands), ...tf.grads(conv)([...operands], dy as tf.Tensor)];
    });
    expectValues(actual, [y, dx, dFilter], [terms.y, terms.dx, terms.dFilter], JSON.stringify(options));
  });

  it('of no images are empty, and their filter gets no gradient', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const [x, filter] = [tf.zeros<tf.Rank.R4>([0, 5, 5, 3]), tf.ones<tf.Rank.R4>([3, 3, 3, 2])];
      expect(tf.conv2d(x, filter, 1, 'same').shape).toEqual([0, 5, 5, 2]);
      const [dx, dFilter] = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
        tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same'),
      )([x, filter]);
      expect(dx?.shape).toEqual([0, 5, 5, 3]);
      expect(new Set(dFilter?.dataSync())).toEqual(new Set([0]));
    });
  });

  it('transposed leave out what no convolution to that size makes', async () => {
    const [images, filter] = [draw([2, 6, 7, 5], 8), draw([3, 3, 4, 5], 9)];
    // A convolution of 4 x 5 gives 4 x 5: the gradient of its input is of those pixels alone.
    const inside = images.values.filter((_, index) => {
      const [row, column] = [Math.floor(index / 35) % 6, Math.floor(index / 5) % 7];
      return row < 4 && column < 5;
    });
    const dy = block({ shape: [], values: inside }, [2, 4, 5, 5]);
    const x = block({ shape: [], values: new Float64Array(2 * 4 * 5 * 4) }, [2, 4, 5, 4]);
    const options = { stride: 1, padding: 1, groups: 1, dilation: 1 };
    const { dx } = referenceConvGradients(x, block(filter, [3, 3, 4, 5]), dy, options);
    const transposed = await onWasm([images, filter], (x, filter) => [
      tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [2, 4, 5, 4], 1, 'same'),
    ]);
    expectValues(transposed, [dx], 45, 'conv2dTranspose');
  });

  it('refuse images whose channels come first', async () => {
    await tf.setBackend('wasm');
    const run = () =>
      tf.tidy(() => tf.conv2d(tf.ones<tf.Rank.R4>([1, 3, 5, 5]), tf.ones([3, 3, 3, 2]), 1, 'same', 'NCHW'));
    expect(run).toThrow('wasm kernels: convolutions are NHWC, got NCHW. Transpose the images.');
  });
});
