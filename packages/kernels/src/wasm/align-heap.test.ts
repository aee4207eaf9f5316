import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { machines, startWasm } from '../testing/wasm-threads.ts';
import { address, wasmBackend } from './backend.ts';

const place = (x: tf.Tensor) => address(wasmBackend(tf.backend()), x);

describe.each(machines.slice(0, 2))('the heap of $threads threads', (machine) => {
  it('has large tensors begin with a line of the cache', async () => {
    await startWasm(machine);
    const tensors = Array.from({ length: 20 }, (_, i) => tf.ones([17_000 + 4 * i]));
    expect(tensors.map((x) => place(x) % 64)).toEqual(tensors.map(() => 0));
    // Not by chance: small ones lie as tfjs lays them.
    const small = Array.from({ length: 20 }, () => tf.ones([3]));
    expect(small.some((x) => place(x) % 64 !== 0)).toBe(true);
    tf.dispose([...tensors, ...small]);
  });

  it('takes them back whole', async () => {
    await startWasm(machine);
    const one = tf.zeros([1 << 22]);
    const first = place(one);
    one.dispose();
    // All of them together are 5 GB, more than the heap can hold.
    for (let i = 0; i < 300; i++) tf.zeros([1 << 22]).dispose();
    const again = tf.ones([1 << 22]);
    expect(place(again)).toBe(first);
    expect(tf.tidy(() => tf.sum(again).dataSync()[0])).toBe(1 << 22);
    again.dispose();
  });
});
