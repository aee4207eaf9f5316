import * as tf from '@tensorflow/tfjs-core';
import { dense } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { FullyConnected } from './fully-connected.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

for (const units of [1, 5, 70])
  describeLayer(`FullyConnected of ${units} units`, {
    layer: dense(units),
    input: [2, 3, 4],
    flattened: true,
    reference: (x, [kernel = x, bias = x]) => {
      const inputs = kernel.shape[3];
      const values = Float64Array.from({ length: x.shape[0] * units }, (_, index) => {
        const [example, unit] = [Math.floor(index / units), index % units];
        let sum = bias.values[unit] ?? Number.NaN;
        for (let i = 0; i < inputs; i++)
          sum += (x.values[example * inputs + i] ?? 0) * (kernel.values[unit * inputs + i] ?? 0);
        return sum;
      });
      return { shape: [x.shape[0], 1, 1, units], values };
    },
  });

describe('FullyConnected', () => {
  it('has a row of its kernel for each unit', () => {
    tf.tidy(() => {
      const layer = new FullyConnected({ units: 2 });
      layer.apply(tf.zeros([1, 3]));
      layer.setWeights([
        tf.tensor2d([
          [1, 2, 3],
          [10, 20, 30],
        ]),
        tf.tensor1d([0.5, 0.25]),
      ]);
      const y = applyTo(layer, tf.tensor2d([[1, 0, 1]]));
      expect([...y.dataSync()]).toEqual([4.5, 40.25]);
      layer.dispose();
    });
  });

  it.each([0, 2.5, -1, Number.NaN])('refuses %d units', (units) => {
    expect(() => new FullyConnected({ name: 'odd', units })).toThrow(
      `odd: units must be a whole number of at least 1, got ${units}.`,
    );
  });

  it('refuses maps, and vectors of unknown size', () => {
    const layer = () => new FullyConnected({ name: 'fc', units: 1 });
    expect(() => tf.tidy(() => applyTo(layer(), tf.zeros([1, 2, 2, 3])))).toThrow(
      'fc: needs vectors [batch, inputs] of known size, got [1,2,2,3]. Flatten maps before it.',
    );
    expect(() => layer().build([null, null])).toThrow('fc: needs vectors [batch, inputs] of known size, got [,]');
    const built = layer();
    tf.tidy(() => applyTo(built, tf.zeros([1, 12])));
    expect(() => tf.tidy(() => applyTo(built, tf.zeros([1, 2, 2, 3])))).toThrow(
      'fc: needs vectors [batch, inputs], got [1,2,2,3]. Flatten maps before it.',
    );
    built.dispose();
  });

  it('refuses several inputs', () => {
    const layer = new FullyConnected({ name: 'fc', units: 1 });
    tf.tidy(() => applyTo(layer, tf.zeros([1, 2])));
    expect(() => tf.tidy(() => layer.call([tf.zeros([1, 2]), tf.zeros([1, 2])]))).toThrow(
      'fc: takes one tensor, got 2. Join them before it.',
    );
    layer.dispose();
  });
});
