import * as tf from '@tensorflow/tfjs-core';
import { type Block, expectClose, noise, seeded, tensor } from '@zoo/testing/numbers';
import { beforeAll, describe, expect, it } from 'vitest';
import { machines, startWasm } from '../testing/wasm-threads.ts';
import '@tensorflow/tfjs-layers';

const kept = (values: Block, x: Block): Block => ({
  ...values,
  values: values.values.map((value, i) => ((x.values[i] ?? 0) > 0 ? value : 0)),
});

describe.each(machines)('Relu on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  it.each([0, 1, 3, 4, 7, 1000, 16_384, 50_003])(
    'keeps what is positive, and its gradients, of %i numbers',
    (count) => {
      const generator = seeded(71, count);
      const [x, dy] = [noise([1, 1, 1, count], generator), noise([1, 1, 1, count], generator)];
      if (count > 3) x.values.fill(0, 1, 3);
      tf.tidy(() => {
        expectClose(tf.relu(tensor(x)), kept(x, x), { rtol: 0, atol: 1e-30 });
        expectClose(tf.grad(tf.relu)(tensor(x), tensor(dy)), kept(dy, x), { rtol: 0, atol: 1e-30 });
      });
    },
  );

  it('is one kernel backward', async () => {
    const { kernelNames } = await tf.profile(() => tf.tidy(() => void tf.grad(tf.relu)(tf.ones([3]), tf.ones([3]))));
    expect(kernelNames).toContain('ReluGrad');
    expect(kernelNames).not.toContain('Step');
  });

  it('hides no number that is none, and takes whole numbers', () => {
    tf.tidy(() => {
      expect([...tf.relu(tf.tensor1d([Number.NaN, -1, Number.NEGATIVE_INFINITY])).dataSync()]).toEqual([NaN, 0, 0]);
      expect([...tf.relu(tf.tensor1d([-3, 5], 'int32')).dataSync()]).toEqual([0, 5]);
    });
  });
});
