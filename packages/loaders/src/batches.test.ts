import type { Random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Batch } from './batch.ts';
import { batchCount } from './batch-count.ts';
import { type BatchOptions, batches } from './batches.ts';
import type { Dataset } from './dataset.ts';
import type { Image } from './image.ts';
import { inMemory } from './in-memory.ts';
import { horizontalFlip } from './transforms/horizontal-flip.ts';
import { randomCrop } from './transforms/random-crop.ts';

const length = 23;
const dataset = inMemory({
  name: 'numbers',
  classes: ['even', 'odd'],
  pixels: Uint8Array.from({ length: length * 12 }, (_, i) => i % 251),
  labels: Array.from({ length }, (_, i) => i % 2),
  height: 2,
  width: 3,
  channels: 2,
});

/** The same examples, each of which takes a while to come. */
const slow = (onStart: (index: number) => void = () => {}): Dataset => ({
  ...dataset,
  example: async (index) => {
    onStart(index);
    await new Promise((resolve) => setTimeout(resolve, (index * 7) % 5));
    return dataset.example(index);
  },
});

async function collect(source: Dataset, options: BatchOptions): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches(source, options)) all.push(batch);
  return all;
}

const augmented = {
  batchSize: 5,
  shuffle: true,
  seed: 3,
  transforms: [randomCrop(2, 3, { padding: 1 }), horizontalFlip()],
};

describe('batches', () => {
  it('stacks bytes as they are, in order, with a smaller last batch', async () => {
    const all = await collect(dataset, { batchSize: 10 });
    expect(all.map(({ shape }) => shape)).toEqual([
      [10, 2, 3, 2],
      [10, 2, 3, 2],
      [3, 2, 3, 2],
    ]);
    expect(all.flatMap(({ indices }) => Array.from(indices))).toEqual(Array.from({ length }, (_, i) => i));
    expect(all.flatMap(({ labels }) => Array.from(labels))).toEqual(Array.from({ length }, (_, i) => i % 2));
    expect(all.flatMap(({ images }) => Array.from(images))).toEqual(
      Array.from({ length: length * 12 }, (_, i) => i % 251),
    );
    expect(await collect(dataset, { batchSize: 10, dropLast: true })).toEqual(all.slice(0, 2));
    expect([batchCount(23, { batchSize: 10 }), batchCount(23, { batchSize: 10, dropLast: true })]).toEqual([3, 2]);
    expect(await collect(dataset, { batchSize: 24, dropLast: true })).toEqual([]);
  });

  it('shuffles: another permutation every epoch and seed, the same one every time', async () => {
    const order = async (options: Partial<BatchOptions>) =>
      (await collect(dataset, { batchSize: 4, shuffle: true, ...options })).flatMap(({ indices }) =>
        Array.from(indices),
      );
    const [first, again, nextEpoch, nextSeed] = [
      await order({}),
      await order({}),
      await order({ epoch: 1 }),
      await order({ seed: 1 }),
    ];
    expect(first.toSorted((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
    expect(again).toEqual(first);
    expect(nextEpoch).not.toEqual(first);
    expect(nextSeed).not.toEqual(first);
    expect(nextSeed).not.toEqual(nextEpoch);
  });

  it('resumes exactly at any batch', async () => {
    const whole = await collect(dataset, { ...augmented, epoch: 2 });
    for (let start = 0; start <= whole.length; start++) {
      expect(await collect(dataset, { ...augmented, epoch: 2, start })).toEqual(whole.slice(start));
    }
  });

  it('augments an example the same way whatever the batch size, and another way in another epoch', async () => {
    const images = async (options: Partial<BatchOptions>) => {
      const all = await collect(dataset, { ...augmented, shuffle: false, ...options });
      return all.flatMap((batch) => Array.from(batch.images));
    };
    const reference = await images({ epoch: 1 });
    expect(await images({ epoch: 1, batchSize: 7 })).toEqual(reference);
    expect(await images({ epoch: 2 })).not.toEqual(reference);
  });

  it('gives the same from a data set that decodes, whichever example comes first', async () => {
    expect(await collect(slow(), augmented)).toEqual(await collect(dataset, augmented));
  });

  it('prepares one batch ahead of a data set that decodes, and no more', async () => {
    const started: number[] = [];
    const iterator = batches(
      slow((index) => started.push(index)),
      { batchSize: 5 },
    );
    const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
    await iterator.next();
    await pause();
    expect(started.length).toBe(10);
    await iterator.next();
    await pause();
    expect(started.length).toBe(15);
    await iterator.return();
    await pause();
    expect(started.length).toBe(15);
  });

  it('does not keep what a transform returned for another epoch: the data set is never written to', async () => {
    const spoil = (image: Image, random: Random): Image => horizontalFlip(1)(image, random);
    const before = Array.from(inMemoryPixels());
    await collect(dataset, { batchSize: 5, transforms: [spoil] });
    expect(Array.from(inMemoryPixels())).toEqual(before);
  });

  it('names what does not fit', async () => {
    const uneven: Dataset = {
      ...dataset,
      example: (index) => ({
        label: 0,
        pixels: new Uint8Array(index === 3 ? 8 : 12),
        height: 2,
        width: index === 3 ? 2 : 3,
        channels: 2,
      }),
    };
    await expect(collect(uneven, { batchSize: 5 })).rejects.toThrow(
      'numbers, example 3: is 2x2x2, expected 2x3x2 as the first of its batch; add resize() or a crop to the transforms.',
    );
    await expect(collect(dataset, { batchSize: 0 })).rejects.toThrow(
      'batchSize is 0, expected a whole number of at least 1.',
    );
    await expect(collect(dataset, { batchSize: 1, start: -1 })).rejects.toThrow('start is -1, expected');
  });

  it('passes on the error of an example, also of one that was prepared ahead', async () => {
    const broken: Dataset = {
      ...dataset,
      example: async (index) => {
        if (index === 7) throw new Error('example 7 is damaged');
        return dataset.example(index);
      },
    };
    const seen: number[] = [];
    const run = async () => {
      for await (const { indices } of batches(broken, { batchSize: 5 })) {
        seen.push(indices.length);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await expect(run()).rejects.toThrow('example 7 is damaged');
    expect(seen).toEqual([5]);
  });
});

function inMemoryPixels(): Uint8Array {
  const first = dataset.example(0);
  if (first instanceof Promise) throw new Error('expected an example at once');
  return new Uint8Array(first.pixels.buffer);
}
