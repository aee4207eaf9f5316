import * as tf from '@tensorflow/tfjs-core';
import { dropout } from '@zoo/spec';
import { describeOnBackends } from '@zoo/testing/backends';
import { describe, expect, it } from 'vitest';
import { Dropout } from './dropout.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

describeLayer('Dropout of nothing while not training', {
  layer: dropout(0.4),
  input: [3, 4, 2],
  reference: (x) => x,
});

/** The mask that a layer puts on ones. */
const mask = (layer: Dropout, count = 1000): Promise<number[]> =>
  read(() => applyTo(layer, tf.ones([2, count / 2]), true));

async function read(compute: () => tf.Tensor): Promise<number[]> {
  const result = tf.tidy(compute);
  const values = [...(await result.data())];
  result.dispose();
  return values;
}

describeOnBackends('Dropout', () => {
  it.each([0.1, 0.5, 0.75])('zeroes a share of %d, and scales the rest so that the mean stays', async (rate) => {
    const count = 40_000;
    const values = await mask(new Dropout({ rate, seed: 1 }), count);
    expect(values).toHaveLength(count);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
    const zeroed = values.filter((value) => value === 0).length / count;
    // Five standard deviations of a share of 40,000.
    expect(Math.abs(zeroed - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / count));
  });

  it('has a new mask at every step, and the same again when the step is set back', async () => {
    const layer = new Dropout({ rate: 0.5, seed: 7 });
    const masks = [await mask(layer), await mask(layer), await mask(layer)];
    expect(layer.step).toBe(3);
    expect(new Set(masks.map(String)).size).toBe(3);
    layer.step = 1;
    expect(await mask(layer)).toEqual(masks[1]);
    expect(await mask(layer)).toEqual(masks[2]);
    // Independent masks of 1000 differ in half of their places, with a standard deviation of 16.
    const changed = masks[0]?.filter((value, i) => value !== masks[1]?.[i]).length ?? 0;
    expect(Math.abs(changed - 500)).toBeLessThan(80);
  });

  it('draws no mask while not training, nor where the rate is 0', async () => {
    const x = tf.tensor1d([1, -2, 3]);
    for (const [rate, training] of [
      [0.5, false],
      [0, true],
    ] as const) {
      const layer = new Dropout({ rate, seed: 1 });
      const y = applyTo(layer, x, training);
      expect([...(await y.data())]).toEqual([1, -2, 3]);
      expect(layer.step).toBe(0);
      y.dispose();
    }
    x.dispose();
  });

  it('lets the gradient through its mask', async () => {
    const layer = new Dropout({ rate: 0.5, seed: 3 });
    const expected = await mask(layer, 100);
    layer.step = 0;
    const gradient = await read(() => tf.grad((x) => applyTo(layer, x, true))(tf.fill([2, 50], 3)));
    expect(gradient).toEqual(expected);
  });
});

describe('Dropout', () => {
  it('has the same masks for the same seed, on every backend, and others for another', async () => {
    const masks: number[][] = [];
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      masks.push(await mask(new Dropout({ rate: 0.5, seed: 7 })));
    }
    expect(masks[0]).toEqual(masks[1]);
    expect(await mask(new Dropout({ rate: 0.5, seed: 8 }))).not.toEqual(masks[0]);
  });

  it.each([1, -0.1, 2, Number.NaN])('refuses a rate of %d', (rate) => {
    expect(() => new Dropout({ name: 'drop', rate, seed: 0 })).toThrow(
      `drop: rate must be at least 0 and below 1, got ${rate}.`,
    );
  });

  it('refuses several inputs', () => {
    const layer = new Dropout({ name: 'drop', rate: 0.5, seed: 0 });
    expect(() => tf.tidy(() => layer.call([tf.zeros([1]), tf.zeros([1])], {}))).toThrow(
      'drop: takes one tensor, got 2. Join them before it.',
    );
  });
});
