import { describe, expect, it } from 'vitest';
import { allFinite } from './index.ts';

describe('allFinite', () => {
  it.each([
    [[], true],
    [[0, -1.5, 3.4e38], true],
    [[1, Number.NaN, 2], false],
    [[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], false],
  ])('%j: %s', (values, expected) => {
    expect(allFinite(values)).toBe(expected);
    expect(allFinite(Float32Array.from(values))).toBe(expected);
  });

  it('finds one among many, wherever it stands, and takes large ones for what they are', () => {
    const largest = new Float32Array(1003).fill(3.4e38);
    expect(allFinite(largest)).toBe(true);
    for (let at = 0; at < largest.length; at++)
      for (const value of [Number.NaN, Number.NEGATIVE_INFINITY])
        expect(allFinite(largest.with(at, value))).toBe(false);
  });
});
