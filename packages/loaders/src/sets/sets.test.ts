import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { readBatches, writeBatch } from './cifar-batch.ts';
import { readCifar10 } from './cifar10.ts';
import { readIdx } from './idx.ts';
import { readIdxSet } from './idx-set.ts';

/** An idx file with the given header. */
const idx = (shape: number[], values: ArrayLike<number>, magic = 0x800 + shape.length): Uint8Array => {
  const file = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(file.buffer);
  view.setUint32(0, magic);
  for (const [i, size] of shape.entries()) view.setUint32(4 + 4 * i, size);
  file.set(values, 4 + 4 * shape.length);
  return file;
};

describe('CIFAR-10 batches', () => {
  it('hold a label, then a plane a colour', () => {
    const batch = new Uint8Array(2 * 3073);
    batch.set([7], 3073);
    for (const [plane, value] of [10, 20, 30].entries())
      batch.fill(value, 3074 + plane * 1024, 3074 + (plane + 1) * 1024);
    batch.set([11], 3074 + 33);
    const { pixels, labels } = readBatches([batch]);
    expect(Array.from(labels)).toEqual([0, 7]);
    expect(Array.from(pixels.subarray(3072, 3078))).toEqual([10, 20, 30, 10, 20, 30]);
    // Row 1, column 1.
    expect(Array.from(pixels.subarray(3072 + 99, 3072 + 102))).toEqual([11, 20, 30]);
    expect(writeBatch(pixels, labels)).toEqual(batch);
  });

  it('come together in the order of their names', async () => {
    const batch = (label: number) => writeBatch(new Uint8Array(3072), [label]);
    const files = new Map<string, Uint8Array>([3, 1, 5, 2, 4].map((n) => [`data_batch_${n}.bin`, batch(n)]));
    files.set('test_batch.bin', batch(9));
    const { training, test } = readCifar10(files);
    expect(Array.from({ length: 5 }, (_, i) => training.labelOf(i))).toEqual([1, 2, 3, 4, 5]);
    expect(test.classes[test.labelOf(0)]).toBe('truck');
    expect(await training.example(0)).toMatchObject({ label: 1, height: 32, width: 32, channels: 3 });
  });

  it('name a wrong size', () => {
    expect(() => readBatches([new Uint8Array(3072)])).toThrow(
      'CIFAR-10 batch: 3072 bytes, expected a multiple of 3073.',
    );
    expect(() => writeBatch(new Uint8Array(3072), [1, 2])).toThrow(
      '3072 bytes of pixels, expected 2 of 32x32x3 = 6144.',
    );
  });
});

describe('idx files', () => {
  it('are read into a shape and values', () => {
    expect(readIdx('x', idx([2, 1, 3], [1, 2, 3, 4, 5, 6]))).toEqual({
      shape: [2, 1, 3],
      values: Uint8Array.of(1, 2, 3, 4, 5, 6),
    });
  });

  it('make a data set', async () => {
    const files = new Map([
      ['train-images-idx3-ubyte', idx([2, 1, 3], [1, 2, 3, 4, 5, 6])],
      ['train-labels-idx1-ubyte', idx([2], [1, 0])],
      ['t10k-images-idx3-ubyte', idx([1, 1, 3], [7, 8, 9])],
      ['t10k-labels-idx1-ubyte', idx([1], [0])],
    ]);
    const { training, test } = readIdxSet('mnist', ['0', '1'], files);
    expect([training.name, training.length, training.channels, test.name, test.length]).toEqual([
      'mnist/training',
      2,
      1,
      'mnist/test',
      1,
    ]);
    expect(await training.example(1)).toEqual({
      label: 0,
      pixels: Uint8Array.of(4, 5, 6),
      height: 1,
      width: 3,
      channels: 1,
    });
    files.delete('t10k-labels-idx1-ubyte');
    expect(() => readIdxSet('mnist', ['0', '1'], files)).toThrow(
      't10k-labels-idx1-ubyte: not an idx file of bytes, 0 bytes',
    );
  });

  it('name what is wrong', () => {
    expect(() => readIdx('x', idx([2], [1, 2], 0xd01))).toThrow(
      'x: not an idx file of bytes, magic number 0x00000d01, expected 0x00000801 to',
    );
    expect(() => readIdx('x', idx([3], [1, 2]))).toThrow('x: 10 bytes, expected 11 for 3; fetch it again.');
    expect(() => readIdx('x', idx([0xffffffff, 0xffffffff], []))).toThrow(
      'x: 12 bytes, expected 18446744065119617000 for',
    );
    expect(() => readIdx('x', idx([2], [1, 2]).subarray(0, 7))).toThrow('x: 7 bytes, expected');
  });

  it('never yield more values than bytes, whatever their header says', () => {
    const generator = random(1);
    for (let round = 0; round < 5000; round++) {
      const file = Uint8Array.from(
        { length: generator.integer(24) },
        (_, i) => [0, 0, 8, generator.integer(4)][i] ?? generator.integer(3),
      );
      try {
        const { shape, values } = readIdx('x', file);
        expect(values.length).toBe(shape.reduce((product, size) => product * size, 1));
      } catch (error) {
        expect(error).toMatchObject({ name: 'ZooError', code: 'corrupt-file' });
      }
    }
  });
});
