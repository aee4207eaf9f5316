import { describe, expect, it } from 'vitest';
import { lossCoefficients, softTargets } from './loss-targets.ts';

const labels = Int32Array.of(0, 1);
const rounded = (values: Float32Array) => [...values].map((value) => Number(value.toFixed(5)));
const plain = { classes: 2, labelSmoothing: 0 };

describe('targets of the loss', () => {
  it('are the labels, smoothed where asked', () => {
    expect(rounded(softTargets({ labels }, plain))).toEqual([1, 0, 0, 1]);
    expect(rounded(softTargets({ labels }, { classes: 2, labelSmoothing: 0.2 }))).toEqual([0.9, 0.1, 0.1, 0.9]);
  });

  it('are what a mixed batch says, smoothed too', () => {
    const targets = Float32Array.of(0.75, 0.25, 0, 1);
    expect(rounded(softTargets({ labels, targets }, plain))).toEqual([0.75, 0.25, 0, 1]);
    expect(rounded(softTargets({ labels, targets }, { classes: 2, labelSmoothing: 0.5 }))).toEqual([
      0.625, 0.375, 0.25, 0.75,
    ]);
  });

  it('count by the weights of the classes, whose sum over the labels divides them', () => {
    const classWeights = Float32Array.of(3, 1);
    expect(rounded(lossCoefficients({ labels }, softTargets({ labels }, plain)))).toEqual([0.5, 0, 0, 0.5]);
    expect(rounded(lossCoefficients({ labels }, softTargets({ labels }, plain), classWeights))).toEqual([
      0.75, 0, 0, 0.25,
    ]);
    const smoothed = lossCoefficients(
      { labels },
      softTargets({ labels }, { classes: 2, labelSmoothing: 0.2 }),
      classWeights,
    );
    expect(rounded(smoothed)).toEqual([0.675, 0.025, 0.075, 0.225]);
    const targets = Float32Array.of(0.5, 0.5, 0, 1);
    // PyTorch divides by the number of pictures here.
    expect(
      rounded(lossCoefficients({ labels, targets }, softTargets({ labels, targets }, plain), classWeights)),
    ).toEqual([0.75, 0.25, 0, 0.5]);
  });
});
