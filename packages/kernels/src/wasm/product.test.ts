import * as tf from '@tensorflow/tfjs-core';
import { seeded } from '@zoo/testing/numbers';
import { beforeAll, describe, expect, it } from 'vitest';
import { draw, expectAsOnCpu, expectValues } from '../testing/against-cpu.ts';
import { machines, startWasm } from '../testing/wasm-threads.ts';

interface Case {
  outer: number[];
  rows: number;
  columns: number;
  depth: number;
}

/** The sizes at which blocks and tiles begin and end, and what lies beside them. */
const odd: Case[] = [
  { outer: [], rows: 1, columns: 1, depth: 1 },
  { outer: [], rows: 6, columns: 8, depth: 256 },
  { outer: [], rows: 7, columns: 9, depth: 257 },
  { outer: [], rows: 5, columns: 7, depth: 255 },
  { outer: [1], rows: 97, columns: 129, depth: 3 },
  { outer: [3], rows: 1, columns: 50, depth: 70 },
  { outer: [3], rows: 50, columns: 1, depth: 70 },
  { outer: [2, 3], rows: 4, columns: 5, depth: 6 },
  { outer: [], rows: 200, columns: 210, depth: 600 },
  { outer: [], rows: 2, columns: 3, depth: 20_000 },
  // A few rows by a large matrix, whose sizes fill vectors and strips or do not.
  { outer: [], rows: 1, columns: 700, depth: 100 },
  { outer: [], rows: 2, columns: 257, depth: 1031 },
  { outer: [1], rows: 7, columns: 514, depth: 130 },
  { outer: [], rows: 32, columns: 33, depth: 2050 },
  { outer: [], rows: 1, columns: 5, depth: 13_999 },
  { outer: [], rows: 2, columns: 1, depth: 70_001 },
  { outer: [], rows: 3, columns: 22_001, depth: 3 },
  { outer: [], rows: 9, columns: 26, depth: 2600 },
  { outer: [], rows: 16, columns: 389, depth: 173 },
  { outer: [], rows: 64, columns: 2050, depth: 33 },
  { outer: [], rows: 8, columns: 4001, depth: 18 },
  { outer: [], rows: 5, columns: 3001, depth: 23 },
  // A large result of little depth, of whole tiles and not.
  { outer: [], rows: 1031, columns: 67, depth: 8 },
  { outer: [1], rows: 305, columns: 1000, depth: 32 },
  { outer: [], rows: 71, columns: 1003, depth: 1 },
  // Weights that are larger than what is packed at once.
  { outer: [], rows: 40, columns: 1100, depth: 2050 },
];

const drawn: Case[] = Array.from({ length: 12 }, (_, index) => {
  const generator = seeded(31, index);
  const pick = (most: number) => 1 + generator.integer(most);
  return { outer: index % 3 === 0 ? [pick(4)] : [], rows: pick(120), columns: pick(120), depth: pick(500) };
});

const flags = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

const operands = ({ outer, rows, columns, depth }: Case, transposeA: boolean, transposeB: boolean) => [
  draw([...outer, ...(transposeA ? [depth, rows] : [rows, depth])], 1, rows, columns, depth),
  draw([...outer, ...(transposeB ? [columns, depth] : [depth, columns])], 2, rows, columns, depth),
];

describe.each(machines)('products on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  describe.each(flags)('transposeA %s, transposeB %s', (transposeA, transposeB) => {
    it('are those of tfjs on cpu', async () => {
      for (const one of [...odd, ...drawn])
        await expectAsOnCpu(operands(one, transposeA, transposeB), one.depth, JSON.stringify(one), (a, b) => [
          tf.matMul(a, b, transposeA, transposeB),
        ]);
    });

    it('have the gradients of tfjs on cpu', async () => {
      for (const one of drawn.slice(0, 4)) {
        const dy = draw([...one.outer, one.rows, one.columns], 3);
        const terms = Math.max(one.depth, one.rows, one.columns);
        const inputs = [...operands(one, transposeA, transposeB), dy];
        await expectAsOnCpu(inputs, terms, JSON.stringify(one), (a, b, gradients) =>
          tf.grads((left: tf.Tensor, right: tf.Tensor) => tf.matMul(left, right, transposeA, transposeB))(
            [a as tf.Tensor, b as tf.Tensor],
            gradients as tf.Tensor,
          ),
        );
      }
    });

    it.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
      'fused with a bias and %s are those of tfjs on cpu',
      async (activation) => {
        for (const bias of [[19], [1], [1, 19]]) {
          const one = { outer: [], rows: 17, columns: 19, depth: 23 };
          const inputs = [...operands(one, transposeA, transposeB), draw(bias, 4), draw([19], 5)];
          await expectAsOnCpu(inputs, 23, `bias ${bias}`, (a, b, added, alpha) => [
            tf.fused.matMul({
              ...{ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias: added, transposeA, transposeB, activation },
              ...{ preluActivationWeights: alpha, leakyreluAlpha: 0.3 },
            }),
          ]);
        }
      },
    );
  });

  it('broadcast the axes before the last two', async () => {
    for (const [left, right] of [
      [[2, 1], [3]],
      [[1], [4]],
      [[5], [1]],
      [
        [2, 1],
        [2, 3],
      ],
      [[], [2]],
    ] as const) {
      const a = draw([...left, 3, 4], 6);
      const b = draw([...right, 4, 5], 7);
      await tf.setBackend('wasm');
      const actual = tf.tidy(() => {
        const product = tf.matMul(tf.tensor(a.values, a.shape), tf.tensor(b.values, b.shape));
        return { shape: product.shape, values: Float32Array.from(product.dataSync()) };
      });
      await tf.setBackend('cpu');
      const expected = tf.tidy(() => {
        const rank = Math.max(left.length, right.length);
        const wide = (x: typeof a) =>
          tf.reshape(tf.tensor(x.values, x.shape), [...Array(rank + 2 - x.shape.length).fill(1), ...x.shape]);
        // a[..., i, k, 1] * b[..., 1, k, j], summed over k.
        const product = tf.sum(tf.mul(tf.expandDims(wide(a), rank + 2), tf.expandDims(wide(b), rank)), rank + 1);
        return { shape: product.shape, values: Float32Array.from(product.dataSync()) };
      });
      expectValues([actual], [expected], 4, `${left} by ${right}`);
    }
  });

  it('of nothing are empty, and of no depth are zeros', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      expect(tf.matMul(tf.zeros([0, 4]), tf.ones([4, 3])).shape).toEqual([0, 3]);
      expect(tf.matMul(tf.zeros([2, 4]), tf.ones([4, 0])).shape).toEqual([2, 0]);
      expect([...tf.matMul(tf.zeros([2, 0]), tf.ones([0, 3])).dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
    });
  });

  it('refuse a vector', async () => {
    await tf.setBackend('wasm');
    expect(() => tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2])))).toThrow(
      'tensors with shapes [2,2] and [2] must match, and both must be matrices.',
    );
  });

  it('hold for numbers that are none', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const product = tf.fused.matMul({
        a: tf.tensor2d([
          [Number.NaN, 1],
          [2, Number.POSITIVE_INFINITY],
          [3, 4],
        ]),
        b: tf.tensor2d([[1], [1]]),
        activation: 'relu',
      });
      expect([...product.dataSync()]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, 7]);
    });
  });
});
