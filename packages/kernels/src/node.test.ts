import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '@zoo/testing/backends';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { updateWithMomentum } from './momentum-update.ts';
import { tensorflowBackend } from './node/tensorflow-backend.ts';

type Padding = Parameters<typeof tf.conv2d>[3];
const uneven: Padding = [
  [0, 0],
  [1, 2],
  [2, 0],
  [0, 0],
];
const rates = { learningRate: 0.5, momentum: 0.5, weightDecay: 0.25, convention: 'caffe' } as const;

/** Runs with an addon that refuses one op, and puts the right one back. `refused` is told the attempts. */
function withoutOp(
  name: string,
  run: () => void,
  refused = (): void => {
    throw new Error(`${name} is refused`);
  },
): void {
  const backend = tensorflowBackend(tf.backend());
  const { binding } = backend;
  const executeOp: typeof binding.executeOp = (op, ...rest) => {
    if (op === name) refused();
    return binding.executeOp(op, ...rest);
  };
  Reflect.set(backend, 'binding', Object.create(binding, { executeOp: { value: executeOp } }));
  try {
    run();
  } finally {
    Reflect.set(backend, 'binding', binding);
  }
}

/** Tensors in the addon, those included of which tfjs knows nothing. */
function nativeTensors(): number {
  const count: unknown = Reflect.get(tensorflowBackend(tf.backend()).binding, 'getNumOfTensors');
  if (typeof count !== 'function') throw new Error('the addon counts no tensors');
  return Number(count());
}

describe.runIf(inject('node'))('kernels of node', () => {
  beforeAll(() => startBackend('node'));
  afterAll(async () => {
    await tf.setBackend('wasm');
  });

  it('leave no tensor in the addon', () => {
    const [weight, velocity] = tf.tidy(() => [tf.variable(tf.ones([2, 3])), tf.variable(tf.zeros([2, 3]))] as const);
    const step = () =>
      tf.tidy(() => {
        updateWithMomentum(weight, velocity, tf.ones([2, 3]), rates);
        const pooled = (x: tf.Tensor) => tf.maxPool(tf.reshape<tf.Rank.R4>(tf.relu(x), [1, 7, 7, 2]), 3, 2, 'valid');
        tf.grad((x) => tf.sum(pooled(x), [0, 1, 2]))(tf.randomNormal([98])).dataSync();
      });
    step();
    const before = nativeTensors();
    step();
    expect(nativeTensors()).toBe(before);
    tf.dispose([weight, velocity]);
  });

  it.each(['ResourceApplyGradientDescent', 'ResourceApplyKerasMomentum'])(
    'give a weight its numbers back when %s fails',
    (op) => {
      const [weight, velocity] = tf.tidy(() => [tf.variable(tf.ones([2, 3])), tf.variable(tf.zeros([2, 3]))] as const);
      // Only numbers that were computed with are in the addon.
      tf.tidy(() => tf.add(weight, velocity));
      const fail = () => {
        const before = nativeTensors();
        withoutOp(op, () =>
          expect(() => tf.tidy(() => updateWithMomentum(weight, velocity, tf.ones([2, 3]), rates))).toThrow(
            `${op} is refused`,
          ),
        );
        expect(nativeTensors()).toBe(before);
        expect([...weight.dataSync()]).toEqual([1, 1, 1, 1, 1, 1]);
      };
      fail();
      const held = weight.clone();
      fail();
      expect([...held.dataSync()]).toEqual([1, 1, 1, 1, 1, 1]);
      tf.dispose([weight, velocity, held]);
    },
  );

  it.each<[padding: Padding, stride: number]>([
    ['same', 1],
    ['same', 2],
    ['valid', 2],
    [uneven, 1],
  ])('convolve one picture as they convolve two: padding %j, stride %d', (padding, stride) => {
    tf.tidy(() => {
      const x = tf.randomNormal<tf.Rank.R4>([1, 9, 8, 3]);
      const filter = tf.randomNormal<tf.Rank.R4>([3, 3, 3, 4]);
      const one = tf.conv2d(x, filter, stride, padding);
      const two = tf.conv2d(tf.concat([x, x]), filter, stride, padding);
      expect(one.shape).toEqual([1, ...two.shape.slice(1)]);
      const wanted = two.dataSync();
      for (const [place, value] of one.dataSync().entries()) expect(value).toBeCloseTo(wanted[place] ?? Number.NaN, 4);
    });
  });

  it('take the way of two pictures where TensorFlow does not know the op of one, and ask it once', () => {
    tf.tidy(() => {
      const [x, filter] = [tf.ones<tf.Rank.R4>([1, 3, 3, 1]), tf.ones<tf.Rank.R4>([2, 2, 1, 1])];
      const { binding } = tensorflowBackend(tf.backend());
      let attempts = 0;
      const unknown = () => {
        attempts++;
        binding.executeOp('NoSuchOp', [], [], 1);
      };
      const run = () => {
        for (let i = 0; i < 2; i++) expect([...tf.conv2d(x, filter, 1, 'valid').dataSync()]).toEqual([4, 4, 4, 4]);
      };
      withoutOp('Conv', run, unknown);
      expect(attempts).toBe(1);
    });
  });

  it('do not take another error for a missing op', () => {
    tf.tidy(() => {
      const [x, filter] = [tf.ones<tf.Rank.R4>([1, 3, 3, 1]), tf.ones<tf.Rank.R4>([2, 2, 1, 1])];
      const fail = () => {
        throw new Error('OOM when allocating tensor');
      };
      const run = () => expect(() => tf.conv2d(x, filter, 1, 'valid')).toThrow('OOM when allocating tensor');
      withoutOp('Conv', run, fail);
      let attempts = 0;
      withoutOp(
        'Conv',
        () => expect(() => tf.conv2d(x, filter, 1, 'valid')).toThrow('again'),
        () => {
          attempts++;
          throw new Error('again');
        },
      );
      expect(attempts).toBe(1);
    });
  });

  it.each([
    [[0, 1, 2], false],
    [[-2, 0, 1], false],
    [[0, 1, 2], true],
    [[1, 2, 3], false],
    [[0, 1], false],
  ] as const)('sum over %j, kept: %j', (axis, keepDims) => {
    tf.tidy(() => {
      const x = tf.reshape(tf.range(0, 120), [2, 3, 4, 5]);
      // TensorFlow's own sum of whole numbers is another kernel.
      const wanted = tf.sum(tf.cast(x, 'int32'), [...axis], keepDims);
      const summed = tf.sum(x, [...axis], keepDims);
      expect(summed.shape).toEqual(wanted.shape);
      expect([...summed.dataSync()]).toEqual([...wanted.dataSync()]);
    });
  });
});
