import * as tf from '@tensorflow/tfjs-core';
import { seeded } from '@zoo/testing/numbers';
import { beforeAll, describe, expect, it } from 'vitest';
import { draw, expectValues, onWasm, type Values } from '../testing/drawn-values.ts';
import { activated, activations, leak } from '../testing/reference-activation.ts';
import { referenceProduct } from '../testing/reference-product.ts';
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

/** Values of a shape, which lie the same whichever way they are read: drawn once for all products and machines. */
const drawnOnce = new Map<string, Float32Array>();

function drawOnce(shape: number[], ...stream: number[]): { shape: number[]; values: Float32Array } {
  const key = JSON.stringify([shape.reduce((product, size) => product * size, 1), stream]);
  const values = drawnOnce.get(key) ?? draw(shape, ...stream).values;
  drawnOnce.set(key, values);
  return { shape, values };
}

const operands = ({ outer, rows, columns, depth }: Case, transposeA: boolean, transposeB: boolean) =>
  [
    drawOnce([...outer, ...(transposeA ? [depth, rows] : [rows, depth])], 1, rows, columns, depth),
    drawOnce([...outer, ...(transposeB ? [columns, depth] : [depth, columns])], 2, rows, columns, depth),
  ] as const;

const products = new Map<string, Values>();

/** The product of a case's operands in double precision, worked out once for all machines. */
function productOf(one: Case, transposeA: boolean, transposeB: boolean): Values {
  const key = JSON.stringify([one, transposeA, transposeB]);
  const product =
    products.get(key) ?? referenceProduct(...operands(one, transposeA, transposeB), transposeA, transposeB);
  products.set(key, product);
  return product;
}

describe.each(machines)('products on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  describe.each(flags)('transposeA %s, transposeB %s', (transposeA, transposeB) => {
    const multiply = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB);

    it('equal the loops', async () => {
      for (const one of [...odd, ...drawn]) {
        const actual = await onWasm(operands(one, transposeA, transposeB), (a, b) => [
          multiply(a as tf.Tensor, b as tf.Tensor),
        ]);
        expectValues(actual, [productOf(one, transposeA, transposeB)], one.depth, JSON.stringify(one));
      }
    });

    it('have the gradients of the loops', async () => {
      for (const one of drawn.slice(0, 4)) {
        const [a, b] = operands(one, transposeA, transposeB);
        const dy = draw([...one.outer, one.rows, one.columns], 3);
        // da = dy bᵀ and db = aᵀ dy, for operands as they are; each transposed where its operand is.
        const da = transposeA ? referenceProduct(b, dy, transposeB, true) : referenceProduct(dy, b, false, !transposeB);
        const db = transposeB ? referenceProduct(dy, a, true, transposeA) : referenceProduct(a, dy, !transposeA, false);
        const actual = await onWasm([a, b, dy], (a, b, dy) =>
          tf.grads(multiply)([a as tf.Tensor, b as tf.Tensor], dy as tf.Tensor),
        );
        expectValues(actual, [da, db], [one.columns, one.rows], JSON.stringify(one));
      }
    });

    it.each(activations)('fused with a bias and %s equal the loops', async (activation) => {
      const one = { outer: [], rows: 17, columns: 19, depth: 23 };
      const [a, b] = operands(one, transposeA, transposeB);
      const alpha = draw([19], 5);
      for (const bias of [draw([19], 4), draw([1], 4), draw([1, 19], 4)]) {
        const fused = await onWasm([a, b, bias, alpha], (a, b, bias, alpha) => [
          tf.fused.matMul({
            ...{ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias, transposeA, transposeB, activation },
            ...{ preluActivationWeights: alpha, leakyreluAlpha: leak },
          }),
        ]);
        const wanted = activated(productOf(one, transposeA, transposeB), activation, bias, alpha);
        expectValues(fused, [wanted], one.depth, `bias ${bias.shape}`);
      }
    });
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
      const [a, b] = [draw([...left, 3, 4], 6), draw([...right, 4, 5], 7)];
      const actual = await onWasm([a, b], (a, b) => [tf.matMul(a as tf.Tensor, b as tf.Tensor)]);
      expectValues(actual, [referenceProduct(a, b)], 4, `${left} by ${right}`);
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
