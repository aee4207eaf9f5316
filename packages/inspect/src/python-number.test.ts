import { describe, expect, it } from 'vitest';
import { pythonFloat, thousands, twoDecimals } from './python-number.ts';

describe('pythonFloat', () => {
  it.each([
    [0, '0.0'],
    [1, '1.0'],
    [0.5, '0.5'],
    [0.1, '0.1'],
    [1e-4, '0.0001'],
    [1e-5, '1e-05'],
    [5e-5, '5e-05'],
    [1.5e-7, '1.5e-07'],
    [2.5e-100, '2.5e-100'],
    [-1e-5, '-1e-05'],
    [123456789, '123456789.0'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
  ])('%s is %s', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });
});

describe('thousands', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [60_965_224, '60,965,224'],
  ])('%s is %s', (value, text) => {
    expect(thousands(value)).toBe(text);
  });
});

describe('twoDecimals', () => {
  it.each([
    [0.125, '0.12'],
    [0.375, '0.38'],
    [0.625, '0.62'],
    [0.875, '0.88'],
    [2.5, '2.50'],
    [0.005, '0.01'], // A little above 5/1000 as a double.
    [1.005, '1.00'], // A little below.
    [187.048204, '187.05'],
  ])('%s is %s', (value, text) => {
    expect(twoDecimals(value)).toBe(text);
  });
});
