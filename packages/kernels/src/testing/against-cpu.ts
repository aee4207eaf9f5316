import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients of tfjs's own ops.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { noise, seeded } from '@zoo/testing/numbers';
import { expect } from 'vitest';

/** A tensor's numbers, apart from any backend. */
export interface Values {
  shape: number[];
  values: Float32Array;
}

export function draw(shape: number[], ...stream: number[]): Values {
  const { values } = noise([1, 1, 1, shape.reduce((product, size) => product * size, 1)], seeded(21, ...stream));
  return { shape, values: Float32Array.from(values) };
}

/** Runs `body` on a backend, on copies of `inputs` made there, and gives back the numbers of what it returns. */
async function on(backend: string, inputs: Values[], body: (...inputs: tf.Tensor[]) => tf.Tensor[]): Promise<Values[]> {
  await tf.setBackend(backend);
  return tf.tidy(() =>
    body(...inputs.map(({ shape, values }) => tf.tensor(values.slice(), shape))).map((tensor) => ({
      shape: tensor.shape,
      values: Float32Array.from(tensor.dataSync()),
    })),
  );
}

/** Number by number, within single precision of a sum of that many terms. */
export function expectValues(actual: Values[], expected: Values[], terms: number, what: string): void {
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  const tolerance = 2e-6 * Math.max(8, Math.sqrt(terms));
  for (const [i, { values }] of expected.entries())
    values.forEach((wanted, at) => {
      const got = actual[i]?.values[at] ?? Number.NaN;
      if (!(Math.abs(got - wanted) <= tolerance * (3 + Math.abs(wanted))))
        expect.fail(`${what}, result ${i}, number ${at}: ${got} against ${wanted}`);
    });
}

/** The same on wasm as it runs at this moment, and on tfjs's cpu backend. */
export async function expectAsOnCpu(
  inputs: Values[],
  terms: number,
  what: string,
  body: (...inputs: tf.Tensor[]) => tf.Tensor[],
): Promise<void> {
  const expected = await on('cpu', inputs, body);
  expectValues(await on('wasm', inputs, body), expected, terms, what);
}
