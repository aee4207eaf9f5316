import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { expectAllClose, expectClose, noise, type Shape, seeded, tensor } from '@zoo/testing/numbers';
import { referenceLrn } from '@zoo/testing/reference-lrn';
import { beforeAll, describe, expect, it } from 'vitest';
import { localResponseNormalization } from '../local-response-normalization.ts';
import { onCpu } from '../testing/on-cpu.ts';
import { machines, startWasm } from '../testing/wasm-threads.ts';

const generator = seeded(91);
const pick = (least: number, most: number) => least + generator.integer(most - least + 1);
const betas = [0.75, 0.5, 1, 0.6, 2.3, 0.01];

const cases = Array.from({ length: 12 }, (_, index) => {
  const shape: Shape = [pick(1, 6), pick(1, 20), pick(1, 20), pick(1, 40)];
  const size = 2 * pick(0, 3) + 1;
  const [scale, beta, k] = [generator.uniform(), betas[index % betas.length] ?? 1, 0.5 + generator.uniform()];
  return { shape, size, scale, beta, k };
});

describe.each(machines)('local response normalisation on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  describe.each(['across-channels', 'within-channel'] as const)('%s', (region) => {
    it.each(cases)('equals the loops, forward and backward: %j', ({ shape, size, scale, beta, k }) => {
      const numbers = seeded(92, ...shape);
      const [x, dy] = [noise(shape, numbers), noise(shape, numbers)];
      const expected = referenceLrn(x, { size, k, scale, beta, region }, dy);
      tf.tidy(() => {
        const options = { size, k, alpha: scale, beta, convention: 'tensorflow', region } as const;
        const lrn = (a: tf.Tensor) => localResponseNormalization(tf.reshape(a, shape), options);
        expectClose(lrn(tensor(x)), expected.y);
        expectClose(tf.grad(lrn)(tensor(x), tensor(dy)), expected.dx, { rtol: 2e-5 });
      });
    });

    it('takes no image at all', () => {
      tf.tidy(() => {
        const options = { size: 3, k: 1, alpha: 1, beta: 0.6, convention: 'caffe', region } as const;
        const lrn = (x: tf.Tensor) => localResponseNormalization(tf.reshape(x, [0, 8, 8, 3]), options);
        expect(tf.grad(lrn)(tf.zeros([0, 8, 8, 3]), tf.zeros([0, 8, 8, 3])).shape).toEqual([0, 8, 8, 3]);
      });
    });

    it('hides no number that is none', () => {
      tf.tidy(() => {
        const options = { size: 1, k: 1, alpha: 1, beta: 0.6, convention: 'caffe', region } as const;
        const y = localResponseNormalization(tf.tensor4d([Number.NaN, 1], [1, 1, 2, 1]), options);
        expect(y.dataSync()[0]).toBeNaN();
        expect(y.dataSync()[1]).toBeCloseTo(2 ** -0.6, 6);
      });
    });
  });

  it.each([0.75, 0.37])('of tfjs equals its cpu where numbers are far apart, beta %d', async (beta) => {
    const both = () => {
      const magnitudes = tf.tensor4d(
        Float32Array.from({ length: 24 }, (_, i) => 10 ** (i / 2 - 6)),
        [1, 1, 2, 12],
      );
      return [tf.localResponseNormalization(magnitudes, 5, 1e-20, 3, beta)];
    };
    const expected = await onCpu(both);
    tf.tidy(() => expectAllClose(both(), expected, { atol: 0, rtol: 1e-5 }));
  });
});
