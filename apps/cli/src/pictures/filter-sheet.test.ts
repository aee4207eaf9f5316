import { expect, it } from 'vitest';
import { filterSheet, sheetColumns } from './filter-sheet.ts';

it.each([
  [96, 12],
  [64, 8],
  [32, 8],
  [6, 3],
  [7, 3],
  [1, 1],
])('lays %d filters out in %d columns', (count, columns) => {
  expect(sheetColumns(count)).toBe(columns);
});

it('draws the colours of each filter, scaled to its largest weight, with nothing between', () => {
  // Two filters of 1 × 1: [1, 0, -1] and [-0.1, 0.1, 0].
  const values = Float32Array.of(1, -0.1, 0, 0.1, -1, 0);
  const { width, height, pixels } = filterSheet({ shape: [1, 1, 3, 2], values, colours: 'rgb' });
  const at = (x: number) => [...pixels.subarray(x * 4, x * 4 + 4)];
  expect(at(0)).toEqual([255, 128, 0, 255]);
  expect(at(width - 1)).toEqual([0, 255, 128, 255]);
  expect(at(Math.floor(width / 2))).toEqual([0, 0, 0, 0]);
  expect(height).toBeLessThan(width / 2);
  const bgr = filterSheet({ shape: [1, 1, 3, 2], values, colours: 'bgr' });
  expect([...bgr.pixels.subarray(0, 4)]).toEqual([0, 128, 255, 255]);
});

it('draws channels beside each other where there are no three', () => {
  const { width, height } = filterSheet({ shape: [2, 2, 2, 1], values: new Float32Array(8), colours: 'rgb' });
  expect(width).toBe(2 * height);
});
