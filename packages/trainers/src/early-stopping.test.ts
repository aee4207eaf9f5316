import { expect, it } from 'vitest';
import { stopsEarly } from './early-stopping.ts';

it('training stops after so many epochs without a lower loss', () => {
  expect(stopsEarly([], 1)).toBe(false);
  expect(stopsEarly([3, 2, 1], 1)).toBe(false);
  expect(stopsEarly([3, 2, 2], 1)).toBe(true);
  expect(stopsEarly([3, 1, 2], 2)).toBe(false);
  expect(stopsEarly([3, 1, 2, 1], 2)).toBe(true);
  expect(stopsEarly([3, 3, 3, 3], 0)).toBe(false);
});
