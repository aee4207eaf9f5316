import * as tf from '@tensorflow/tfjs-core';
import { type Random, random } from '@zoo/core';
import { expect, onTestFinished } from 'vitest';

export type Shape = [number, number, number, number];

/** A plain array in double precision, laid out as tfjs lays out tensors. */
export interface Block {
  shape: Shape;
  values: Float64Array;
}

export const zeros = (shape: Shape): Block => ({ shape, values: new Float64Array(shape.reduce((a, b) => a * b, 1)) });

/** Normal numbers that single precision holds exactly, so that references and kernels see the same. */
export function noise(shape: Shape, generator: Random): Block {
  const block = zeros(shape);
  for (let i = 0; i < block.values.length; i++) block.values[i] = Math.fround(generator.normal());
  return block;
}

export const seeded = random;

/** Position of an element, or -1 outside the block's plane. */
export function offset({ shape: [, height, width, channels] }: Block, n: number, i: number, j: number, c: number) {
  return i < 0 || j < 0 || i >= height || j >= width ? -1 : ((n * height + i) * width + j) * channels + c;
}

export const at = (block: Block, n: number, i: number, j: number, c: number): number =>
  block.values[offset(block, n, i, j, c)] ?? 0;

export function add(block: Block, n: number, i: number, j: number, c: number, value: number): void {
  const index = offset(block, n, i, j, c);
  if (index >= 0) block.values[index] = (block.values[index] ?? 0) + value;
}

export const tensor = ({ shape, values }: Block): tf.Tensor4D => tf.tensor4d(new Float32Array(values), shape);

interface Tolerance {
  rtol?: number;
  atol?: number;
}

function compare(values: ArrayLike<number>, expected: Block, { rtol = 1e-5, atol = 1e-5 }: Tolerance): void {
  let worst = 0;
  let where = -1;
  expected.values.forEach((wanted, i) => {
    const excess = Math.abs((values[i] ?? Number.NaN) - wanted) / (atol + rtol * Math.abs(wanted));
    if (!(excess <= worst)) {
      worst = excess;
      where = i;
    }
  });
  if (!(worst <= 1)) expect.fail(`element ${where}: ${values[where]} against ${expected.values[where]}`);
}

/**
 * Element by element: `|actual - expected| <= atol + rtol * |expected|`, and never NaN.
 * webgpu gives its numbers by promises alone: they are compared at the end of the test. The hook is the test's own: one that this
 * module registered would be that of the first file alone, where files share a process.
 */
export function expectClose(actual: tf.Tensor, expected: Block, tolerance: Tolerance = {}): void {
  expect(actual.shape).toEqual(expected.shape);
  if (tf.getBackend() !== 'webgpu') {
    compare(actual.dataSync(), expected, tolerance);
    return;
  }
  const kept = tf.keep(tf.clone(actual));
  onTestFinished(async () => {
    try {
      compare(await kept.data(), expected, tolerance);
    } finally {
      kept.dispose();
    }
  });
}

/** The same for several. */
export function expectAllClose(actual: tf.Tensor[], expected: Block[], tolerance: Tolerance = {}): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, block] of expected.entries()) expectClose(actual[index] ?? tf.zeros([0]), block, tolerance);
}
