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
});
