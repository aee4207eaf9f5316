import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { expect, it } from 'vitest';
import { sumElements } from './sum-elements.ts';

const sum = async (...given: Parameters<typeof sumElements>) => {
  const total = sumElements(...given);
  const [value] = await total.data();
  expect(total.shape).toEqual([]);
  total.dispose();
  return value;
};

describeOnBackends('the sum of elements', () => {
  it('is that of all of them, or of a run in row-major order', async () => {
    const x = tf.tidy(() => tf.reshape(tf.range(0, 60), [3, 4, 5]));
    expect(await sum(x)).toBe(1770);
    expect(await sum(x, 58)).toBe(117);
    expect(await sum(x, 3, 4)).toBe(18);
    x.dispose();
  });

  it('leaves out none, however many there are', async () => {
    for (const count of [2, 15, 16, 17, 16_383, 16_384, 16_385, 40_003]) {
      const x = tf.ones([count]);
      expect(await sum(x)).toBe(count);
      expect(await sum(x, 1)).toBe(count - 1);
      x.dispose();
    }
  });

  it('is not finite where one of them is not', async () => {
    const values = new Float32Array(37).fill(1);
    for (let at = 0; at < values.length; at++) {
      const x = tf.tensor1d(values.with(at, Number.NaN));
      expect(await sum(x)).toBeNaN();
      x.dispose();
    }
  });

  it('is not finite where one of many is not, wherever it stands', async () => {
    const ones = new Float32Array(2 * 16_384 + 5).fill(1);
    for (const at of [0, 3, 4095, 4096, 8191, 8192, 12_288, 16_383, 16_384, 28_672, 32_767, 32_768, 32_772]) {
      const x = tf.tensor1d(ones.with(at, Number.POSITIVE_INFINITY));
      expect(await sum(x), `${at}`).toBe(Number.POSITIVE_INFINITY);
      x.dispose();
    }
  });
});
