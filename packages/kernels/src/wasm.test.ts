import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { expectClose, noise, type Shape, seeded, tensor, zeros } from '@zoo/testing/numbers';
import { referenceConv, referenceConvGradients } from '@zoo/testing/reference-conv';
import { describe, expect, it } from 'vitest';
import { groupedConv2d } from './grouped-conv2d.ts';
import { registerWasmKernels } from './wasm.ts';

/** `a . b` by loops in double precision. */
function referenceProduct(
  batch: number,
  rows: number,
  inner: number,
  columns: number,
  transposeA: boolean,
  transposeB: boolean,
) {
  const generator = seeded(31, rows, inner, columns);
  const a = noise([1, batch, ...(transposeA ? ([inner, rows] as const) : ([rows, inner] as const))], generator);
  const b = noise([1, batch, ...(transposeB ? ([columns, inner] as const) : ([inner, columns] as const))], generator);
  const product = zeros([1, batch, rows, columns]);
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) {
          const left = a.values[n * rows * inner + (transposeA ? k * rows + i : i * inner + k)] ?? 0;
          const right = b.values[n * inner * columns + (transposeB ? j * inner + k : k * columns + j)] ?? 0;
          sum += left * right;
        }
        product.values[(n * rows + i) * columns + j] = sum;
      }
  return { a, b, product };
}

const flags = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

describeOnBackends('kernels that wasm replaces', () => {
  describe.each(flags)('products, transposeA %s, transposeB %s', (transposeA, transposeB) => {
    it.each([
      [1, 3, 5, 7],
      [1, 2, 40, 90],
      [1, 90, 2, 40],
      [3, 4, 6, 5],
    ])('%i of %ix%i by %i equal the loops', (batch, rows, inner, columns) => {
      const { a, b, product } = referenceProduct(batch, rows, inner, columns, transposeA, transposeB);
      tf.tidy(() => expectClose(tf.matMul(tensor(a), tensor(b), transposeA, transposeB), product, { atol: 1e-4 }));
    });
    it('fused with a bias equals the loops', () => {
      const { a, b, product } = referenceProduct(1, 4, 6, 5, transposeA, transposeB);
      const bias = [1, 2, 3, 4, 5];
      const sum = { ...product, values: product.values.map((value, i) => value + (bias[i % 5] ?? 0)) };
      tf.tidy(() => {
        const flat = ({ shape, values }: typeof a) => tf.tensor2d(Float32Array.from(values), [shape[2], shape[3]]);
        const fused = tf.fused.matMul({ a: flat(a), b: flat(b), transposeA, transposeB, bias: tf.tensor1d(bias) });
        expectClose(tf.reshape(fused, [1, 1, 4, 5]), sum);
      });
    });
  });

  it('multiplies by large weights alike when they are new and when they are not', () => {
    const { a, b, product } = referenceProduct(1, 3, 1030, 1100, false, false);
    tf.tidy(() => {
      const [left, right] = [tf.reshape(tensor(a), [3, 1030]), tf.reshape(tensor(b), [1030, 1100])];
      const bias = tf.ones([1100]);
      for (let use = 0; use < 3; use++) {
        expectClose(tf.reshape(tf.matMul(left, right), product.shape), product, { atol: 1e-3 });
        const fresh = use === 1 ? tf.clone(right) : tf.add(right, 0);
        const sum = tf.sub(tf.fused.matMul({ a: left, b: fresh, bias }), bias);
        expectClose(tf.reshape(sum, product.shape), product, { atol: 1e-3 });
      }
    });
  });

  it.each([
    [[7, 5], [0]],
    [
      [3, 4, 5, 6],
      [0, 1, 2],
    ],
    [
      [3, 4, 5, 6],
      [1, 2],
    ],
    [[3, 4, 5, 6], [3]],
    [[6], [0]],
  ])('sums %j over %j', (shape, axis) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const x = noise([1, 1, 1, size], seeded(8));
    const kept = shape.map((length, i) => (axis.includes(i) ? 1 : length));
    const expected = zeros([1, 1, 1, kept.reduce((product, length) => product * length, 1)]);
    x.values.forEach((value, index) => {
      let [rest, target, stride] = [index, 0, 1];
      for (let i = shape.length - 1; i >= 0; i--) {
        const length = shape[i] ?? 1;
        if (!axis.includes(i)) {
          target += (rest % length) * stride;
          stride *= length;
        }
        rest = Math.floor(rest / length);
      }
      expected.values[target] = (expected.values[target] ?? 0) + value;
    });
    tf.tidy(() => {
      const input = tf.reshape(tensor(x), shape);
      expectClose(tf.reshape(tf.sum(input, axis), expected.shape), expected);
      expect(tf.sum(input, axis, true).shape).toEqual(kept);
    });
  });

  it.each([
    { x: [64, 4, 4, 8], filter: [3, 3, 8, 4], stride: 1 },
    { x: [65, 7, 6, 8], filter: [3, 2, 8, 3], stride: 2 },
  ] satisfies { x: Shape; filter: Shape; stride: number }[])(
    'has the filter gradient of large batches: %j',
    ({ x: xShape, filter: filterShape, stride }) => {
      const generator = seeded(9);
      const options = { stride, padding: 1, groups: 1, dilation: 1 };
      const [x, filter] = [noise(xShape, generator), noise(filterShape, generator)];
      const dy = noise(referenceConv(x, filter, options).shape, generator);
      const { dFilter } = referenceConvGradients(x, filter, dy, options);
      tf.tidy(() => {
        const gradient = tf.grad((f) => groupedConv2d(tensor(x), tf.reshape(f, filterShape), options));
        expectClose(gradient(tensor(filter), tensor(dy)), dFilter, { atol: 1e-3 });
      });
    },
  );
});

describe('the filter gradient on wasm', () => {
  it('is the sum over the images where they do not fit into the scratch at once', async () => {
    await tf.setBackend('wasm');
    const generator = seeded(10);
    const [x, dy] = [noise([130, 64, 64, 8], generator), noise([130, 64, 64, 1], generator)];
    tf.tidy(() => {
      const part = (from: number, count: number) => {
        const [images, gradients] = [tf.slice(tensor(x), from, count), tf.slice(tensor(dy), from, count)];
        return tf.grad((f) => groupedConv2d(images, tf.reshape(f, [3, 3, 8, 1]), { padding: 1 }))(
          tf.ones([3, 3, 8, 1]),
          gradients,
        );
      };
      const halves = tf.add(part(0, 65), part(65, 65));
      const difference = tf.max(tf.abs(tf.sub(part(0, 130), halves))).dataSync()[0];
      expect(tf.max(tf.abs(halves)).dataSync()[0]).toBeGreaterThan(100);
      expect(difference).toBeLessThan(0.05);
    });
  });
});

describe('registerWasmKernels', () => {
  it('changes nothing when called again', () => {
    const before = tf.getKernelsForBackend('wasm').map(({ kernelFunc }) => kernelFunc);
    registerWasmKernels();
    expect(tf.getKernelsForBackend('wasm').map(({ kernelFunc }) => kernelFunc)).toEqual(before);
  });
  it('mends again what was registered over it', () => {
    const ours = tf.getKernel('Conv2DBackpropFilter', 'wasm');
    tf.unregisterKernel('Conv2DBackpropFilter', 'wasm');
    registerWasmKernels();
    expect(tf.getKernel('Conv2DBackpropFilter', 'wasm').kernelFunc).toBe(ours.kernelFunc);
  });
});
