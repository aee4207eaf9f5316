import { type Random, random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image.ts';
import { type ColourComponents, imagenetColours, pcaColour } from './pca-colour.ts';

const grey: Image = { pixels: new Uint8Array(4 * 3).fill(100), height: 2, width: 2, channels: 3 };

/** Draws the given normal numbers, and nothing else. */
const drawing = (...normals: number[]): Random => ({
  ...random(0),
  normal: () => {
    const next = normals.shift();
    if (next === undefined) throw new Error('drew more than one number a component');
    return next;
  },
});

/** Columns that cannot be mistaken for rows. */
const skewed: ColourComponents = {
  values: [10, 20, 30],
  vectors: [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ],
};

describe('pcaColour', () => {
  it('adds P·(alpha ⊙ lambda), with the eigenvectors in columns', () => {
    // alpha = (0.1, 0.2, 0.3), alpha ⊙ lambda = (1, 4, 9).
    const { pixels } = pcaColour(skewed)(grey, drawing(1, 2, 3));
    expect(Array.from(pixels.subarray(0, 3))).toEqual(
      [100 + 1 * 1 + 2 * 4 + 3 * 9, 100 + 4 * 1 + 5 * 4 + 6 * 9, 100 + 7 * 1 + 8 * 4 + 9 * 9].map(Math.fround),
    );
  });

  it('draws one alpha a component for the whole picture, not one a pixel or channel', () => {
    const { pixels } = pcaColour(skewed)(grey, drawing(1, -1, 0.5));
    for (let pixel = 1; pixel < 4; pixel++) {
      expect(pixels.subarray(pixel * 3, pixel * 3 + 3)).toEqual(pixels.subarray(0, 3));
    }
  });

  it('draws alpha with a standard deviation of 0.1', () => {
    const one: ColourComponents = {
      values: [1, 0, 0],
      vectors: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    };
    const black: Image = { pixels: new Uint8Array(3), height: 1, width: 1, channels: 3 };
    const alphas = Array.from({ length: 20_000 }, (_, seed) => pcaColour(one)(black, random(seed)).pixels[0] ?? 0);
    const mean = alphas.reduce((sum, alpha) => sum + alpha, 0) / alphas.length;
    const deviation = Math.sqrt(alphas.reduce((sum, alpha) => sum + (alpha - mean) ** 2, 0) / alphas.length);
    expect(Math.abs(mean)).toBeLessThan(0.003);
    expect(Math.abs(deviation - 0.1)).toBeLessThan(0.002);
  });

  it('has orthonormal ImageNet components in columns', () => {
    const column = (index: number) => imagenetColours.vectors.map((row) => row[index] ?? 0);
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
    for (const [a, b, expected] of [
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 1],
      [0, 1, 0],
      [0, 2, 0],
      [1, 2, 0],
    ] as const) {
      expect(Math.abs(dot(column(a), column(b)) - expected)).toBeLessThan(1e-3);
    }
    // The first component is brightness: the same sign and nearly the same size in all channels.
    expect(Math.max(...column(0)) - Math.min(...column(0))).toBeLessThan(0.02);
  });

  it('names a picture without three channels', () => {
    const flat: Image = { pixels: new Uint8Array(4), height: 2, width: 2, channels: 1 };
    expect(() => pcaColour()(flat, random(0))).toThrow('pcaColour: the picture is 2x2x1, expected 3 channels.');
  });
});
