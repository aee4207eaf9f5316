import * as tf from '@tensorflow/tfjs-core';
import { rbf } from '@zoo/spec';
import type { Block } from '@zoo/testing/numbers';
import { describe, expect, it } from 'vitest';
import { EuclideanRBF } from './euclidean-rbf.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

const codes = [
  [1, -1, 1, 0.5, -1, 1],
  [-1, -1, 1, 1, 0, 1],
];

function reference(x: Block): Block {
  const [batch] = x.shape;
  const inputs = x.values.length / batch;
  const values = Float64Array.from({ length: batch * codes.length }, (_, index) => {
    const [example, code] = [Math.floor(index / codes.length), codes[index % codes.length] ?? []];
    return -code.reduce((sum, value, i) => sum + ((x.values[example * inputs + i] ?? Number.NaN) - value) ** 2, 0);
  });
  return { shape: [batch, 1, 1, codes.length], values };
}

describeLayer('EuclideanRBF', { layer: rbf(codes), input: [1, 2, 3], flattened: true, reference });

describe('EuclideanRBF', () => {
  it('is 0 at a code, and nowhere above', () => {
    tf.tidy(() => {
      const y = applyTo(new EuclideanRBF({ codes }), tf.tensor2d(codes)).dataSync();
      expect([y[0], y[3]]).toEqual([-0, -0]);
      expect(y[1]).toBeLessThan(0);
    });
  });

  it('refuses codes of several lengths, and vectors of another', () => {
    expect(() => new EuclideanRBF({ name: 'output', codes: [[1], [1, 2]] })).toThrow(
      'output: needs codes of one length, got lengths [1,2].',
    );
    expect(() => new EuclideanRBF({ name: 'output', codes: [] })).toThrow('output: needs codes of one length');
    expect(() => tf.tidy(() => applyTo(new EuclideanRBF({ name: 'output', codes }), tf.zeros([1, 5])))).toThrow(
      'output: needs vectors [batch, 6], as long as its codes, got [1,5].',
    );
  });
});
