import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { type Block, expectClose, noise, type Shape, seeded, tensor } from '@zoo/testing/numbers';
import { type ReferencePool, referencePool } from '@zoo/testing/reference-pool';
import { describe, expect, it } from 'vitest';
import { avgPool2d } from './avg-pool2d.ts';
import { maxPool2d } from './max-pool2d.ts';
import type { PoolOptions } from './pool-geometry.ts';

interface Case extends ReferencePool {
  x: Shape;
}

const fixed: Case[] = [
  { x: [2, 32, 32, 3], size: 3, stride: 2, padding: 0, ceil: true },
  { x: [2, 55, 54, 2], size: 3, stride: 2, padding: 0, ceil: false },
  { x: [1, 54, 55, 2], size: 3, stride: 2, padding: 0, ceil: true },
  { x: [1, 5, 7, 4], size: 3, stride: 2, padding: 1, ceil: true },
  { x: [1, 6, 6, 1], size: 2, stride: 2, padding: 1, ceil: true },
  { x: [1, 5, 5, 2], size: 1, stride: 3, padding: 0, ceil: true },
  { x: [1, 7, 7, 2], size: 2, stride: 3, padding: 0, ceil: true },
];

const drawn: Case[] = Array.from({ length: 12 }, (_, index) => {
  const generator = seeded(12, index);
  const pick = (least: number, most: number) => least + generator.integer(most - least + 1);
  const size = pick(1, 4);
  return {
    x: [pick(1, 3), size + pick(0, 8), size + pick(0, 8), pick(1, 5)],
    size,
    stride: pick(1, 4),
    padding: pick(0, size >> 1),
    ceil: generator.uniform() < 0.5,
  };
});

const pools = { max: maxPool2d, avg: avgPool2d };

describeOnBackends('pools', () => {
  describe.each(['max', 'avg'] as const)('%s', (kind) => {
    const check = (x: Block, options: ReferencePool) => {
      const dy = noise(referencePool(kind, x, options).y.shape, seeded(2));
      const expected = referencePool(kind, x, options, dy);
      tf.tidy(() => {
        const pool = (a: tf.Tensor) => pools[kind](tf.reshape(a, x.shape), options);
        expectClose(pool(tensor(x)), expected.y);
        expectClose(tf.grad(pool)(tensor(x), tensor(dy)), expected.dx);
      });
    };
    it.each([...fixed, ...drawn])('equals the loops, forward and backward: %j', ({ x, ...options }) =>
      check(noise(x, seeded(3, ...x)), options),
    );
    it('takes images that are negative everywhere', () => {
      const x = noise([2, 8, 8, 3], seeded(4));
      check(
        { ...x, values: x.values.map((value) => -Math.abs(value) - 1) },
        { size: 3, stride: 2, padding: 1, ceil: true },
      );
    });
    it('gives a tie to the first', () => {
      const x = noise([2, 8, 8, 3], seeded(6));
      const coarse = { ...x, values: x.values.map((value) => Math.round(value) - 1) };
      check(coarse, { size: 3, stride: 2, padding: 0, ceil: true });
      check({ ...x, values: x.values.map(() => 0) }, { size: 3, stride: 1, padding: 1, ceil: false });
    });
  });
});

describe.each(Object.entries({ maxPool2d, avgPool2d }))('%s refuses', (name, pool) => {
  const call = (options: PoolOptions) => () => tf.tidy(() => pool(tf.zeros([1, 4, 5, 1]), options));
  it('windows that do not fit', () =>
    expect(call({ size: 5 })).toThrow(`${name}: a window of 5x5 does not fit into 4x5 with padding 0`));
  it('padding beyond half a window', () =>
    expect(call({ size: 3, padding: 2 })).toThrow(`${name}: padding 2 is more than half of size 3. Use at most 1.`));
  it('numbers that make no sense', () => {
    expect(call({ size: 0 })).toThrow(`${name}: size must be a whole number of at least 1, got 0`);
    expect(call({ size: 2, stride: 1.5 })).toThrow(`${name}: stride must be a whole number of at least 1, got 1.5`);
    expect(call({ size: 2, padding: -1 })).toThrow(`${name}: padding must be a whole number of at least 0, got -1`);
  });
});
