import * as tf from '@tensorflow/tfjs-core';
import { noise, seeded } from '@zoo/testing/numbers';
import { reading } from '@zoo/testing/reading';
import { expect } from 'vitest';

/** A tensor's elements, apart from any backend: of a reference in double precision. */
export interface Values {
  shape: readonly number[];
  values: Float32Array | Float64Array;
}

export function draw(shape: number[], ...stream: number[]): { shape: number[]; values: Float32Array } {
  const { values } = noise([1, 1, 1, shape.reduce((product, size) => product * size, 1)], seeded(21, ...stream));
  return { shape, values: new Float32Array(values) };
}

/** Runs `body` on wasm, as it runs at this moment, on copies of `inputs` made there, and gives back the elements of what it returns. */
export async function onWasm(
  inputs: readonly Values[],
  body: (...inputs: tf.Tensor[]) => tf.Tensor[],
): Promise<Values[]> {
  await tf.setBackend('wasm');
  return reading(() =>
    body(...inputs.map(({ shape, values }) => tf.tensor(new Float32Array(values), [...shape]))).map((tensor) => ({
      shape: tensor.shape,
      values: new Float32Array(tensor.dataSync()),
    })),
  );
}

/** Element by element, within single precision of a sum of that many terms, which may be told for each of the results. */
export function expectValues(
  actual: readonly Values[],
  expected: readonly Values[],
  terms: number | readonly number[],
  what: string,
): void {
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  for (const [i, { values }] of expected.entries()) {
    const tolerance = 2e-6 * Math.max(8, Math.sqrt(typeof terms === 'number' ? terms : (terms[i] ?? 0)));
    values.forEach((wanted, at) => {
      const got = actual[i]?.values[at] ?? Number.NaN;
      if (!(Math.abs(got - wanted) <= tolerance * (3 + Math.abs(wanted))))
        expect.fail(`${what}, result ${i}, element ${at}: ${got} against ${wanted}`);
    });
  }
}
