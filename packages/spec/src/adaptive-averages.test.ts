import { expect, it } from 'vitest';
import { adaptiveAverages } from './adaptive-averages.ts';

it('lays out windows as PyTorch does, and each averages what lies in it', () => {
  // 5 inputs, 3 windows: 0 to 2, 1 to 4, 3 to 5.
  const third = Math.fround(1 / 3);
  expect([...adaptiveAverages(3, 5)]).toEqual([0.5, 0.5, 0, 0, 0, 0, third, third, third, 0, 0, 0, 0, 0.5, 0.5]);
  expect([...adaptiveAverages(2, 1)]).toEqual([1, 1]);
  expect([...adaptiveAverages(1, 4)]).toEqual([0.25, 0.25, 0.25, 0.25]);
});
