import '../wasm.ts';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { address, wasmBackend } from './backend.ts';

const place = (x: tf.Tensor) => address(wasmBackend(tf.backend()), x);

beforeAll(async () => {
  await tf.setBackend('wasm');
});

it('clones without copying, and keeps the numbers until the last tensor is gone', () => {
  const before = tf.memory();
  const x = tf.tensor1d([1, 2, 3]);
  const y = x.clone();
  expect(place(y)).toBe(place(x));
  x.dispose();
  const other = tf.fill([3], 7);
  expect(place(other)).not.toBe(place(y));
  expect([...y.dataSync()]).toEqual([1, 2, 3]);
  tf.dispose([y, other]);
  expect(tf.memory()).toEqual(before);
});

it('leaves a clone as it was when the variable is assigned anew', () => {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
  const clone = variable.clone();
  tf.tidy(() => variable.assign(tf.tensor1d([3, 4])));
  expect([...clone.dataSync()]).toEqual([1, 2]);
  tf.dispose([variable, clone]);
});

it('clones texts', () => {
  const clone = tf.tidy(() => tf.tensor1d(['one', 'two']).clone());
  expect([...clone.dataSync()]).toEqual(['one', 'two']);
  clone.dispose();
});
