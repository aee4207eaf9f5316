import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { random } from '@zoo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../formats.ts';
import { openTensors } from '../open-tensors.ts';
import { saveTensors, tensorFiles } from '../save-tensors.ts';
import type { NamedTensor, TensorFile } from '../tensor.ts';

const writable = formats.filter(({ files }) => files);
const pairs = writable.flatMap((a) => writable.map((b) => [a, b] as const));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const { integer } = random(5);
/** Any bits: NaNs of every kind, infinities, the smallest numbers. */
const bits = Uint32Array.from({ length: 60 }, () => integer(2 ** 32));
bits.set([0x7fc00001, 0xffc12345, 0x7f800001, 0x80000000, 1, 0xff800000]);
const tensors: NamedTensor[] = [
  { name: 'features.0.weight', shape: [5, 3, 2, 2], data: () => new Float32Array(bits.buffer) },
  { name: 'ß/fc6.bias', shape: [7], data: () => Float32Array.from({ length: 7 }, (_, index) => index / 3) },
  { name: 'scalar', shape: [], data: () => Float32Array.of(-0) },
  { name: 'empty', shape: [0, 4], data: () => new Float32Array() },
];
const count: NamedTensor = { name: 'bn.num_batches_tracked', shape: [], dtype: 'I64', data: () => Float32Array.of(12) };

const contents = async ({ tensors: stored }: TensorFile) =>
  Promise.all(
    [...stored.values()].map(async ({ name, shape, read }) => {
      const values = await read();
      return { name, shape: [...shape], bits: [...new Uint32Array(values.buffer, values.byteOffset, values.length)] };
    }),
  );
const wanted = await Promise.all(
  tensors.map(async ({ name, shape, data }) => {
    const values = await data();
    return { name, shape, bits: [...new Uint32Array(values.buffer, 0, values.length)] };
  }),
);
const again = (file: TensorFile): NamedTensor[] =>
  [...file.tensors.values()].map(({ name, shape, read }) => ({ name, shape, data: read }));

describe('tensors', () => {
  it.each(pairs)('go from $name to another format and back, bit for bit', async (a, b) => {
    const file = (name: string, { endings }: typeof a) => path.join(folder, `${a.name}-${b.name}-${name}${endings[0]}`);
    await saveTensors(file('first', a), tensors);
    const first = await openTensors(file('first', a));
    expect(first.format).toBe(a.name);
    expect(await contents(first)).toEqual(wanted);
    await saveTensors(file('second', b), again(first));
    const second = await openTensors(file('second', b));
    expect(second.format).toBe(b.name);
    expect(await contents(second)).toEqual(wanted);
    await saveTensors(file('third', a), again(second));
    const third = await openTensors(file('third', a));
    expect(await contents(third)).toEqual(wanted);
    for (const opened of [first, second, third]) await opened.close();
  });

  it.each(writable)('keep counts and texts in $name', async ({ name, endings }) => {
    const file = path.join(folder, `counts${endings[0]}`);
    await saveTensors(file, [...tensors, count], { format: name, metadata: { 'zoo.note': 'ß', __proto__x: '1' } });
    const opened = await openTensors(file);
    const stored = opened.tensors.get(count.name);
    expect(stored?.dtype).toBe(name === 'tfjs' ? 'I32' : 'I64');
    expect(await stored?.read()).toEqual(Float32Array.of(12));
    expect(opened.metadata).toEqual(name === 'npz' ? {} : { 'zoo.note': 'ß', __proto__x: '1' });
    await opened.close();
  });

  it('lie in shards of 4 MiB, and are asked for one at a time', async () => {
    let asked = 0;
    const large: NamedTensor[] = ['a', 'b', 'c'].map((name, index) => ({
      name,
      shape: [700_000],
      data() {
        asked++;
        return new Float32Array(700_000).fill(index + 0.5);
      },
    }));
    const file = path.join(folder, 'large.json');
    const written = await saveTensors(file, large);
    expect(written.map((one) => path.basename(one))).toEqual([
      'large.group1-shard1of3.bin',
      'large.group1-shard2of3.bin',
      'large.group1-shard3of3.bin',
      'large.json',
    ]);
    expect(asked).toBe(3);
    const opened = await openTensors(file);
    expect((await opened.tensors.get('b')?.read())?.every((value) => value === 1.5)).toBe(true);
    expect(await opened.tensors.get('c')?.readPart?.(699_998, 2)).toEqual(Float32Array.of(2.5, 2.5));
    await opened.close();
  });

  it('are refused in a format that is read only, or not known', async () => {
    await expect(tensorFiles('a.h5', [])).rejects.toThrow(/a\.h5: its extension names no format\. Use one of \.pth/);
    await expect(saveTensors('a', [], { format: 'safetensor' })).rejects.toThrow(
      /safetensor: is no format that can be written, did you mean safetensors\?/,
    );
  });
});
