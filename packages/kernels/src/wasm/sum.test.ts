import * as tf from '@tensorflow/tfjs-core';
import { expectClose, noise, seeded, tensor, zeros } from '@zoo/testing/numbers';
import { beforeAll, describe, it } from 'vitest';
import { machines, startWasm } from '../testing/wasm-threads.ts';

describe.each(machines)('sums of rows on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  it.each([
    [0, 5],
    [1, 1],
    [3, 7],
    [256, 64],
    [257, 16],
    [5000, 1],
    [3001, 37],
    [70, 4099],
  ])('%i rows of %i numbers', (rows, columns) => {
    const x = noise([1, 1, rows, columns], seeded(101, rows, columns));
    const expected = zeros([1, 1, 1, columns]);
    x.values.forEach((value, place) => {
      expected.values[place % columns] = (expected.values[place % columns] ?? 0) + value;
    });
    tf.tidy(() => expectClose(tf.reshape(tf.sum(tensor(x), [0, 1, 2]), expected.shape), expected, { atol: 1e-4 }));
  });
});
