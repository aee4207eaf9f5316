import { describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';

describe('expectClose', () => {
  it('takes errors up to the tolerance, measured by the largest number', () => {
    expectClose('x', [1, 100.0009], [1.0009, 100], 1e-5);
    expectClose('nothing', [], []);
  });

  it.each([
    ['an error beyond it', [1.01, 100], [1, 100]],
    ['NaN at the start', [Number.NaN, 1, 2], [0, 1, 2]],
    ['NaN before good numbers', [0, Number.NaN, 2, 3], [0, 1, 2, 3]],
    ['NaN at the end', [0, 1, Number.NaN], [0, 1, 2]],
    ['a NaN in the reference', [0, 1], [0, Number.NaN]],
    ['NaN on both sides', [Number.NaN], [Number.NaN]],
    ['infinity on both sides', [Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY]],
  ])('refuses %s', (_what, actual, expected) => {
    expect(() => expectClose('x', actual, expected)).toThrow(/^x: largest error, beside numbers up to .*: expected/);
  });

  it('refuses another length', () => {
    expect(() => expectClose('x', [1, 2], [1])).toThrow('x: expected 2 to be 1');
    expect(() => expectClose('x', [], [1])).toThrow('x: expected +0 to be 1');
  });
});
