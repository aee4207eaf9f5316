import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { expect, it } from 'vitest';
import { variableMemory } from './variable-memory.ts';

const write = (variable: tf.Variable, ...values: readonly number[]) => {
  const { elements: numbers, commit: changed } = variableMemory(variable);
  numbers().set(values);
  changed();
};
const read = async (x: tf.Tensor) => [...(await x.data())];

describeOnBackends('the memory of a variable', (backend) => {
  it('takes numbers, before an op has used the variable and after', async () => {
    const variable = tf.tidy(() => tf.variable(tf.tensor2d([[1, 2, 3]])));
    write(variable, 4, 5, 6);
    expect(await read(variable)).toEqual([4, 5, 6]);
    write(variable, 7, 8, 9);
    expect(await read(variable)).toEqual([7, 8, 9]);
    const doubled = tf.mul(variable, 2);
    expect(await read(doubled)).toEqual([14, 16, 18]);
    write(variable, 1, 1, 2);
    const again = tf.mul(variable, 2);
    expect(await read(again)).toEqual([2, 2, 4]);
    expect(await read(doubled)).toEqual([14, 16, 18]);
    tf.dispose([variable, doubled, again]);
  });

  it('is its own: neither an array that came from outside nor a clone changes with it', async () => {
    const values = Float32Array.of(1, 2);
    const variable = tf.tidy(() => tf.variable(tf.tensor1d(values)));
    write(variable, 3, 4);
    expect([...values]).toEqual([1, 2]);
    const clone = variable.clone();
    write(variable, 5, 6);
    expect(await read(clone)).toEqual([3, 4]);
    expect(await read(variable)).toEqual([5, 6]);
    tf.dispose([variable, clone]);
  });

  it('may be used by an op while it is being written', async () => {
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    write(variable, 3, 4);
    const memory = variableMemory(variable);
    tf.mul(variable, 2).dispose();
    memory.elements().set([5, 6]);
    memory.commit();
    const doubled = tf.mul(variable, 2);
    expect(await read(doubled)).toEqual([10, 12]);
    tf.dispose([variable, doubled]);
  });

  it('is found again when the heap has grown', async () => {
    const variable = tf.tidy(() => tf.variable(tf.zeros([3])));
    const memory = variableMemory(variable);
    memory.elements().fill(1);
    const large = backend === 'wasm' ? tf.zeros([2 ** 25]) : tf.zeros([1]);
    memory.elements().set([7, 8, 9]);
    memory.commit();
    expect(await read(variable)).toEqual([7, 8, 9]);
    tf.dispose([variable, large]);
  });

  it('keeps its place until it is written, though the variable is disposed of', async () => {
    const variable = tf.tidy(() => tf.variable(tf.zeros([1000])));
    const memory = variableMemory(variable);
    variable.dispose();
    const others = [1, 2, 3].map((value) => tf.tidy(() => tf.add(tf.zeros([1000]), value)));
    memory.elements().fill(9);
    memory.commit();
    for (const [index, other] of others.entries()) expect(new Set(await read(other))).toEqual(new Set([index + 1]));
    tf.dispose(others);
  });

  it('serves convolutions that have met the weights before', async () => {
    const filter = tf.tidy(() => tf.variable(tf.ones([1, 1, 1, 1])));
    const convolved = async () => {
      const y = tf.tidy(() =>
        tf.conv2d(tf.ones<tf.Rank.R4>([1, 2, 2, 1]), tf.reshape(filter, [1, 1, 1, 1]), 1, 'valid'),
      );
      const values = await read(y);
      y.dispose();
      return values;
    };
    expect(await convolved()).toEqual([1, 1, 1, 1]);
    write(filter, 3);
    expect(await convolved()).toEqual([3, 3, 3, 3]);
    filter.dispose();
  });
});
