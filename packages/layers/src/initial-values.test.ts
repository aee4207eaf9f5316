import type { Initializer } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { type Fan, fanOf, setInitialValues } from './initial-values.ts';

const count = 100_000;
const fan = { in: 50, out: 200 };

function initialValues(length: number, initializer: Initializer, fan: Fan, seed: number): Float32Array {
  const values = new Float32Array(length).fill(Number.NaN);
  setInitialValues(values, initializer, fan, seed);
  return values;
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0) / values.length);
const largestAbsolute = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe('initial values', () => {
  it.each([0, 1, 0.1])('of a constant %d', (value) => {
    expect(new Set(initialValues(5, value, fan, 1))).toEqual(new Set([Math.fround(value)]));
  });

  it.each([0.01, 0.005])('of a normal distribution of %d', (sigma) => {
    const values = initialValues(count, { normal: sigma }, fan, 1);
    // The mean has a standard deviation of sigma / 316, the deviation one of sigma / 447.
    expect(Math.abs(mean(values))).toBeLessThan(sigma / 60);
    expect(Math.abs(deviation(values) / sigma - 1)).toBeLessThan(0.012);
    const beyondTwo = values.filter((value) => Math.abs(value) > 2 * sigma).length / count;
    expect(beyondTwo).toBeCloseTo(0.0455, 2.3);
  });

  it.each<[Initializer, number]>([
    ['xavier-uniform', Math.sqrt(6 / 250)],
    ['fan-in-uniform', 1 / Math.sqrt(50)],
    [{ uniformOverFanIn: 2.4 }, 2.4 / 50],
  ])('of %j fill ±%d evenly', (initializer, bound) => {
    const values = initialValues(count, initializer, fan, 1);
    expect(largestAbsolute(values)).toBeLessThanOrEqual(Math.fround(bound));
    expect(largestAbsolute(values)).toBeGreaterThan(0.999 * bound);
    expect(Math.abs(mean(values)) / bound).toBeLessThan(0.01);
    expect(Math.abs((deviation(values) / bound) * Math.sqrt(3) - 1)).toBeLessThan(0.01);
  });

  it.each<[Initializer]>([[{ normal: 1 }], ['xavier-uniform'], ['fan-in-uniform'], [{ uniformOverFanIn: 2.4 }]])(
    'of %j are the same for the same seed, and others for another',
    (initializer) => {
      const values = (seed: number) => initialValues(100, initializer, fan, seed);
      expect(values(3)).toEqual(values(3));
      expect(values(3).filter((value, i) => value === values(4)[i])).toHaveLength(0);
    },
  );
});

describe('fan', () => {
  it.each([
    ['a dense layer', [10, 64], { in: 64, out: 10 }],
    ['a convolution', [96, 3, 11, 11], { in: 363, out: 11_616 }],
    ['a convolution in two groups', [256, 48, 5, 5], { in: 1200, out: 6400 }],
  ])('of %s is as PyTorch counts it', (_what, shape, expected) => {
    expect(fanOf(shape)).toEqual(expected);
  });
});
