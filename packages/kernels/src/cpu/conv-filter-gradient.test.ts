import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { draw } from '../testing/drawn-values.ts';

type Shape = [number, number, number, number];
type Padding = Parameters<typeof tf.conv2d>[3];

const name = 'Conv2DBackpropFilter';
const stock = tf.getKernel(name, 'cpu').kernelFunc;
const registered = () => tf.getKernel(name, 'cpu').kernelFunc;

const drawn = (shape: Shape, stream: number): tf.Tensor4D => tf.tensor4d(draw(shape, stream).values, shape);

function gradientBy(kernel: tf.KernelFunc, x: tf.Tensor, dy: tf.Tensor, attrs: tf.NamedAttrMap) {
  const output = kernel({ inputs: { x, dy }, backend: tf.backend(), attrs });
  if (Array.isArray(output)) throw new Error(`${name} has one output`);
  const tensor = tf.engine().makeTensorFromTensorInfo(output);
  return { shape: tensor.shape, values: tensor.dataSync() };
}

describe('the kernel of a filter gradient on cpu', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
    await import('../cpu.ts');
    expect(registered()).not.toBe(stock);
  });

  it.each<[string, Shape, Shape, number | [number, number], Padding]>([
    ['no padding', [2, 7, 6, 3], [3, 3, 3, 5], 1, 'valid'],
    ['zeros around', [2, 7, 6, 3], [5, 5, 3, 2], 1, 'same'],
    ['strides that differ', [1, 11, 9, 2], [3, 2, 2, 4], [3, 2], 'same'],
    ['a stride that leaves pixels out', [1, 12, 13, 1], [3, 3, 1, 3], 4, 'valid'],
    [
      'zeros on some sides',
      [1, 6, 8, 2],
      [3, 3, 2, 2],
      2,
      [
        [0, 0],
        [2, 0],
        [0, 1],
        [0, 0],
      ],
    ],
    ['a filter larger than the picture', [1, 2, 2, 1], [5, 5, 1, 1], 1, 'same'],
  ])('gives what the stock kernel gives, to the bit, with %s', (_, xShape, filterShape, strides, pad) => {
    const [x, filter] = [drawn(xShape, 1), drawn(filterShape, 2)];
    const y: tf.Tensor4D = tf.conv2d(x, filter, strides, pad);
    const dy = drawn(y.shape, 3);
    const attrs = { strides, pad, dataFormat: 'NHWC', filterShape };
    const expected = gradientBy(stock, x, dy, attrs);
    expect(expected.shape).toEqual(filterShape);
    expect(gradientBy(registered(), x, dy, attrs)).toEqual(expected);
  });

  it('leaves channels before rows to the stock kernel', () => {
    const [x, dy] = [drawn([1, 2, 5, 4], 1), drawn([1, 3, 3, 2], 2)];
    const attrs = { strides: 1, pad: 'valid', dataFormat: 'NCHW', filterShape: [3, 3, 2, 3] };
    expect(gradientBy(registered(), x, dy, attrs)).toEqual(gradientBy(stock, x, dy, attrs));
  });
});
