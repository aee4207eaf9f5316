import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import {
  adaptiveAvgPool,
  avgPool,
  batchNorm,
  conv,
  dense,
  dropout,
  flatten,
  lrn,
  maxPool,
  rbf,
  relu,
  subsample,
  tanh,
} from './layer.ts';
import type { Shape } from './model-spec.ts';
import { outputShape } from './output-shape.ts';

/** Starts of all windows that lie inside the padded side. */
function countWindows(size: number, window: number, stride: number, padding: number): number {
  let count = 0;
  for (let start = -padding; start + window <= size + padding; start += stride) count += 1;
  return count;
}

describe('convolved sizes', () => {
  it('equal a count of the windows, for random sizes', () => {
    const { integer } = random(13);
    for (let trial = 0; trial < 2000; trial++) {
      const kernel = 1 + integer(11);
      const stride = 1 + integer(5);
      const padding = integer(6);
      const height = Math.max(1, kernel - 2 * padding) + integer(60);
      const width = Math.max(1, kernel - 2 * padding) + integer(60);
      const count = (size: number) => countWindows(size, kernel, stride, padding);
      expect(outputShape(conv(5, kernel, { stride, padding }), [height, width, 3], 10)).toEqual([
        count(height),
        count(width),
        5,
      ]);
    }
  });

  it('of the first layer: 227 without padding, 224 with 2 or 3, and 227 with 1 give 55, 224 without gives 54', () => {
    const first = (size: number, padding: number) =>
      outputShape(conv(96, 11, { stride: 4, padding }), [size, size, 3], 10)[0];
    expect([first(227, 0), first(224, 2), first(224, 3), first(227, 1)]).toEqual([55, 55, 55, 55]);
    expect(first(224, 0)).toBe(54);
  });
});

describe('output shapes', () => {
  const maps: Shape = [7, 5, 6];
  const norm = { size: 5, alpha: 1e-4, beta: 0.75, k: 2, convention: 'caffe' } as const;
  it.each([
    ['relu', relu(), maps, maps],
    ['tanh', tanh(), maps, maps],
    ['subsample', subsample(2), [6, 4, 3], [3, 2, 3]],
    [
      'rbf',
      rbf([
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ]),
      [2],
      [3],
    ],
    ['conv with a table of connections', conv(2, 3, { connections: [[0], [1, 5]] }), maps, [5, 3, 2]],
    ['relu of a vector', relu(), [9], [9]],
    ['dropout', dropout(0.5), maps, maps],
    ['lrn', lrn(norm), maps, maps],
    ['batchNorm', batchNorm(), maps, maps],
    ['flatten', flatten(), maps, [210]],
    ['flatten of a vector', flatten(), [9], [9]],
    ['dense', dense(4), [9], [4]],
    ['dense for the classes', dense('classes'), [9], [3]],
    ['maxPool', maxPool(3, 2), maps, [3, 2, 6]],
    ['avgPool', avgPool(3, 2, { padding: 1 }), maps, [4, 3, 6]],
    ['adaptiveAvgPool', adaptiveAvgPool(9), maps, [9, 9, 6]],
    ['conv in groups', conv(4, 3, { groups: 2 }), maps, [5, 3, 4]],
  ] as const)('of %s', (_name, layer, input, output) => {
    expect(outputShape(layer, input, 3)).toEqual(output);
  });

  it.each([
    ['conv', conv(4, 3), [9], 'needs maps [height, width, channels], but its input is the vector [9]'],
    ['maxPool', maxPool(3, 2), [9], 'needs maps [height, width, channels], but its input is the vector [9]'],
    ['batchNorm', batchNorm(), [9], 'needs maps'],
    ['lrn', lrn({ ...norm, size: 4 }), maps, 'has 4 neighbours, but a centred neighbourhood has an odd number'],
    ['lrn', lrn({ ...norm, size: 2.5 }), maps, 'has 2.5 neighbours'],
    ['dense', dense(4), maps, 'needs a vector, but its input is maps [7, 5, 6]: put flatten() before it'],
    ['subsample', subsample(2), maps, 'takes 2×2 windows side by side, which maps of 7×5 are no multiple of'],
    ['subsample', subsample(0), maps, 'takes 0×0 windows side by side'],
    ['rbf', rbf([[1, 2]]), [2], 'has codes for 1 classes, but there are 3'],
    ['rbf', rbf([[1, 2], [1, 2], [1]]), [2], 'compares 2 numbers with a code of 1'],
    ['rbf', rbf([[1]]), maps, 'needs a vector, but its input is maps [7, 5, 6]: put flatten() before it'],
    ['conv', conv(2, 3, { connections: [[0]] }), maps, 'has 2 filters, but its table of connections is for 1'],
    ['conv', conv(1, 3, { connections: [[]] }), maps, 'connects filter 0 with channels [], expected some of 0 to 5'],
    ['conv', conv(1, 3, { connections: [[6]] }), maps, 'connects filter 0 with channels [6], expected some of 0 to 5'],
    ['conv', conv(1, 3, { connections: [[2, 2]] }), maps, 'connects filter 0 with channels [2, 2], expected some of'],
    ['conv', conv(1, 3, { connections: [[0.5]] }), maps, 'connects filter 0 with channels [0.5]'],
    ['conv', conv(2, 3, { groups: 2, connections: [[0], [1]] }), maps, 'has 2 groups and a table of connections'],
    ['conv', conv(4, 6), maps, 'its 6×6 kernel does not fit a side of 5 (padding included)'],
    ['conv', conv(4, 8, { padding: 1 }), maps, 'its 8×8 kernel does not fit a side of 7 (padding included)'],
    ['conv', conv(4, 3, { groups: 4 }), maps, '4 groups must divide both 6 input channels and 4 filters'],
    ['conv', conv(4, 3, { groups: 3 }), maps, '3 groups must divide both 6 input channels and 4 filters'],
    ['conv', conv(4, 3, { groups: 0 }), maps, '0 groups must divide'],
    ['maxPool', maxPool(6, 2), maps, 'has a 6×6 window, which does not fit a side of 5 (padding included)'],
    ['avgPool', avgPool(2, 2, { padding: 2 }), maps, 'has a padding of 2, more than half of its 2×2 window: at most 1'],
    ['conv', conv(0, 3), maps, 'would give [5, 3, 0], where every size must be a whole number above 0'],
    ['dense', dense(2.5), [9], 'would give [2.5]'],
    ['dense', dense(Number.NaN), [9], 'would give [NaN]'],
    ['conv', conv(4, 3, { stride: 0 }), maps, 'would give [Infinity, Infinity, 4]'],
    ['dense', dense(-1), [9], 'would give [-1]'],
    ['adaptiveAvgPool', adaptiveAvgPool(0), maps, 'would give [0, 0, 6]'],
  ] as const)('of a bad %s are refused: %o after %j', (_name, layer, input, message) => {
    expect(() => outputShape(layer, input, 3)).toThrow(message);
  });
});
