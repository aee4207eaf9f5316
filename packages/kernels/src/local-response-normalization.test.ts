import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { expectClose, noise, type Shape, seeded, tensor } from '@zoo/testing/numbers';
import { referenceLrn } from '@zoo/testing/reference-lrn';
import { describe, expect, it } from 'vitest';
import { type LrnOptions, localResponseNormalization } from './local-response-normalization.ts';

const conventions = ['tensorflow', 'caffe', 'pytorch'] as const;
const regions = ['across-channels', 'within-channel'] as const;
const numbers: { shape: Shape; size: number; alpha: number; beta: number; k: number }[] = [
  { shape: [2, 4, 5, 7], size: 5, alpha: 0.3, beta: 0.75, k: 2 },
  { shape: [1, 6, 5, 4], size: 3, alpha: 0.5, beta: 0.75, k: 1 },
  { shape: [2, 3, 3, 9], size: 1, alpha: 1.5, beta: 0.5, k: 0.5 },
  { shape: [1, 2, 7, 3], size: 7, alpha: 0.2, beta: 1, k: 1 },
  { shape: [1, 5, 4, 2], size: 3, alpha: 0.7, beta: 0.6, k: 1.5 },
];

describeOnBackends('localResponseNormalization', () => {
  describe.each(regions)('%s', (region) => {
    describe.each(conventions)('%s', (convention) => {
      it.each(numbers)('equals the loops, forward and backward: %j', ({ shape, ...rest }) => {
        const generator = seeded(21, ...shape);
        const [x, dy] = [noise(shape, generator), noise(shape, generator)];
        const window = region === 'across-channels' ? rest.size : rest.size ** 2;
        const scale = convention === 'tensorflow' ? rest.alpha : rest.alpha / window;
        const expected = referenceLrn(x, { size: rest.size, k: rest.k, beta: rest.beta, scale, region }, dy);
        tf.tidy(() => {
          const lrn = (a: tf.Tensor) =>
            localResponseNormalization(tf.reshape(a, shape), { ...rest, convention, region });
          expectClose(lrn(tensor(x)), expected.y);
          expectClose(tf.grad(lrn)(tensor(x), tensor(dy)), expected.dx);
        });
      });
    });
  });
});

describe('localResponseNormalization refuses', () => {
  const good: LrnOptions = { size: 5, alpha: 1e-4, beta: 0.75, k: 2, convention: 'caffe' };
  const call = (options: object) => () =>
    tf.tidy(() => localResponseNormalization(tf.zeros([1, 2, 2, 8]), { ...good, ...options }));
  it('even sizes', () =>
    expect(call({ size: 4 })).toThrow('localResponseNormalization: size must be an odd whole number, got 4.'));
  it('unknown conventions', () =>
    expect(call({ convention: 'theano' })).toThrow(
      "unknown convention 'theano'. Use 'tensorflow', 'caffe' or 'pytorch'.",
    ));
  it('unknown regions', () =>
    expect(call({ region: 'everywhere' })).toThrow(
      "unknown region 'everywhere'. Use 'across-channels' or 'within-channel'.",
    ));
});
