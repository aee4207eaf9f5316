import * as tf from '@tensorflow/tfjs-core';
import { reading } from '@zoo/testing/reading';
import { beforeAll, describe, expect, it } from 'vitest';
import { groupedConv2d, updateWithMomentum } from '../index.ts';
import { draw, expectValues, type Values } from '../testing/drawn-values.ts';
import { machines, startWasm } from '../testing/wasm-threads.ts';

/** Few enough tiles that only a filter which is used again is convolved by them. */
const [xShape, filterShape] = [
  [1, 13, 13, 32],
  [3, 3, 32, 40],
];

const convolve = (x: tf.Tensor, filter: tf.Tensor, groups = 1): Values =>
  reading(() => {
    const y = groupedConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, { padding: 1, groups });
    return { shape: y.shape, values: Float32Array.from(y.dataSync()) };
  });

const made = ({ values, shape }: Values): tf.Tensor => tf.tensor(Float32Array.from(values), [...shape]);
const heapBytes = (): number => Reflect.get(Object(Reflect.get(tf.backend(), 'wasm')), 'HEAPU8').buffer.byteLength;

describe.each(machines)('a filter that is used again, on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  it('gives the same as at first', () => {
    const [x, filter] = [made(draw(xShape, 1)), made(draw(filterShape, 2))];
    const first = convolve(x, filter);
    for (let i = 0; i < 3; i++) expectValues([convolve(x, filter)], [first], 288, `use ${i + 2}`);
    tf.dispose([x, filter]);
  });

  it('is not mistaken for what it was before it was updated in its place', () => {
    const [x, start, gradient] = [draw(xShape, 1), draw(filterShape, 2), draw(filterShape, 3)].map(made);
    const filter = tf.tidy(() => tf.variable(tf.clone(start as tf.Tensor)));
    const velocity = tf.tidy(() => tf.variable(tf.zerosLike(filter)));
    for (let i = 0; i < 3; i++) convolve(x as tf.Tensor, filter);
    const rates = { learningRate: 1, momentum: 0.9, weightDecay: 0, convention: 'pytorch' } as const;
    updateWithMomentum(filter, velocity, gradient as tf.Tensor, rates);
    const other = tf.tidy(() => tf.sub(start as tf.Tensor, gradient as tf.Tensor));
    const expected = convolve(x as tf.Tensor, other);
    for (let i = 0; i < 3; i++) expectValues([convolve(x as tf.Tensor, filter)], [expected], 288, `use ${i + 1}`);
    tf.dispose([x as tf.Tensor, start as tf.Tensor, gradient as tf.Tensor, filter, velocity, other]);
  });

  it('is one thing in one group, another in two', () => {
    const filter = made(draw([3, 3, 16, 40], 2));
    const [one, two] = [made(draw([1, 13, 13, 16], 1)), made(draw(xShape, 1))];
    const [ofOne, ofTwo] = [convolve(one, filter), convolve(two, filter, 2)];
    for (let i = 0; i < 2; i++) {
      expectValues([convolve(one, filter)], [ofOne], 144, 'one group');
      expectValues([convolve(two, filter, 2)], [ofTwo], 144, 'two groups');
    }
    tf.dispose([filter, one, two]);
  });

  it('leaves nothing behind', () => {
    const x = made(draw(xShape, 1));
    const useUp = (count: number) => {
      for (let i = 0; i < count; i++) {
        const filter = tf.ones(filterShape);
        for (let use = 0; use < 3; use++) convolve(x, filter);
        filter.dispose();
      }
    };
    useUp(5);
    const before = heapBytes();
    // What is kept of all of them is 370 MB.
    useUp(2000);
    expect(heapBytes()).toBe(before);
    x.dispose();
  });
});
