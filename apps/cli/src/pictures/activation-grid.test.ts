import { describe, expect, it } from 'vitest';
import { activationGrid } from './activation-grid.ts';

describe('the grid of activations', () => {
  it('has a map beside the other, black where the least is and white where the most', () => {
    const values = Float32Array.of(0, 1, 2, 3, 4, 4, 4, 4, 0, 0, 0, 0);
    const { pixels, height, width, channels } = activationGrid({ shape: [3, 2, 2], values });
    // Maps of two by two, twelve times as large, two a row, with a line around.
    expect([height, width, channels]).toEqual([51, 51, 1]);
    const at = (y: number, x: number) => pixels[y * width + x];
    expect([at(0, 0), at(25, 3), at(50, 50)]).toEqual([40, 40, 40]);
    expect([at(1, 1), at(12, 12), at(1, 13), at(13, 1), at(24, 24)]).toEqual([0, 0, 64, 128, 191]);
    expect([at(1, 26), at(24, 49), at(26, 1)]).toEqual([255, 255, 0]);
    // A place without a map is as the lines are.
    expect(at(40, 40)).toBe(40);
  });

  it('draws a vector in rows, and what is all alike in black', () => {
    const { pixels, height, width } = activationGrid({ shape: [5], values: Float32Array.of(7, 7, 7, 7, 7) });
    expect([height, width]).toEqual([18, 26]);
    expect(new Set(pixels)).toEqual(new Set([0, 40]));
  });

  it('stays small enough to look at', () => {
    const { height, width } = activationGrid({ shape: [64, 55, 55], values: new Float32Array(64 * 55 * 55) });
    expect([height, width]).toEqual([449, 449]);
  });
});
