import * as tf from '@tensorflow/tfjs-core';
import { type Block, expectAllClose, expectClose, noise, type Shape, seeded, tensor } from '@zoo/testing/numbers';
import { referencePool } from '@zoo/testing/reference-pool';
import { beforeAll, describe, expect, it } from 'vitest';
import { avgPool2d } from '../avg-pool2d.ts';
import { maxPool2d } from '../max-pool2d.ts';
import { onCpu } from '../testing/on-cpu.ts';
import { machines, startWasm } from '../testing/wasm-threads.ts';

type Pair = [number, number];
interface Oblong {
  x: Shape;
  window: Pair;
  strides: Pair;
  pad: 'valid' | 'same' | [Pair, Pair, Pair, Pair];
}

const generator = seeded(61);
const pick = (least: number, most: number) => least + generator.integer(most - least + 1);

/** Windows of one number for both axes, which the zoo's ops have. */
const square = Array.from({ length: 12 }, () => {
  const size = pick(1, 5);
  const x: Shape = [pick(1, 20), size + pick(0, 20), size + pick(0, 20), pick(1, 40)];
  return { x, size, stride: pick(1, 4), padding: pick(0, size >> 1), ceil: generator.uniform() < 0.5 };
});

/** Windows of any kind, which tfjs's own ops have. */
const oblong: Oblong[] = Array.from({ length: 12 }, () => {
  const window: Pair = [pick(1, 4), pick(1, 4)];
  const x: Shape = [pick(1, 3), window[0] + pick(0, 9), window[1] + pick(0, 9), pick(1, 40)];
  const around = (most: number): Pair => [pick(0, most - 1), pick(0, most - 1)];
  const strides: Pair = [pick(1, 3), pick(1, 3)];
  const explicit: Oblong['pad'] = [[0, 0], around(window[0]), around(window[1]), [0, 0]];
  const choices = ['valid', 'same', explicit] as const;
  return { x, window, strides, pad: choices[pick(0, 2)] ?? 'valid' };
});

describe.each(machines)('pools on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  describe.each(['max', 'avg'] as const)('%s', (kind) => {
    const pools = { max: maxPool2d, avg: avgPool2d };
    const check = (x: Block, options: { size: number; stride: number; padding: number; ceil: boolean }) => {
      const dy = noise(referencePool(kind, x, options).y.shape, seeded(2));
      const expected = referencePool(kind, x, options, dy);
      tf.tidy(() => {
        const pool = (a: tf.Tensor) => pools[kind](tf.reshape(a, x.shape), options);
        expectClose(pool(tensor(x)), expected.y);
        expectClose(tf.grad(pool)(tensor(x), tensor(dy)), expected.dx);
      });
    };
    it.each(square)('equals the loops: %j', ({ x, ...options }) => check(noise(x, seeded(3, ...x)), options));
    it('gives every tie to the first', () => {
      const x = noise([20, 9, 8, 19], seeded(4));
      const coarse = { ...x, values: x.values.map((value) => Math.round(value) - 1) };
      check(coarse, { size: 3, stride: 2, padding: 1, ceil: true });
    });
    it('takes no image at all', () => {
      tf.tidy(() => {
        const pool = (x: tf.Tensor) => pools[kind](tf.reshape(x, [0, 8, 8, 3]), { size: 3, stride: 2, ceil: true });
        expect(pool(tf.zeros([0, 8, 8, 3])).shape).toEqual([0, 4, 4, 3]);
        expect(tf.grad(pool)(tf.zeros([0, 8, 8, 3]), tf.zeros([0, 4, 4, 3])).shape).toEqual([0, 8, 8, 3]);
      });
    });
  });

  it.each(oblong)('max pools of tfjs equal its cpu: %j', async ({ x: shape, window, strides, pad }) => {
    const x = noise(shape, seeded(5, ...shape));
    const pool = (a: tf.Tensor): tf.Tensor4D => tf.maxPool(tf.reshape<tf.Rank.R4>(a, shape), window, strides, pad);
    const both = () => {
      const y = pool(tensor(x));
      const dy = tf.tensor(Float32Array.from(noise(y.shape, seeded(6)).values), y.shape);
      return [y, tf.grad(pool)(tensor(x), dy)];
    };
    const expected = await onCpu(both);
    tf.tidy(() => expectAllClose(both(), expected));
  });
});
