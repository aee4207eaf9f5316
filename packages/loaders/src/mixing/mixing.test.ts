import { random, ZooError } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../batch.ts';
import { inMemory } from '../in-memory.ts';
import {
  batches,
  colourJitter,
  cutMix,
  horizontalFlip,
  mixUp,
  oneOf,
  randAugment,
  randomErasing,
  randomResizedCrop,
} from '../index.ts';
import { symmetricBeta } from './beta.ts';

const batch: Batch = {
  images: Float32Array.from({ length: 4 * 6 * 6 }, (_, i) => Math.floor(i / 36)),
  labels: Int32Array.of(0, 1, 2, 3),
  indices: Uint32Array.of(0, 1, 2, 3),
  shape: [4, 6, 6, 1],
};
const seeds = Array.from({ length: 4000 }, (_, seed) => seed);
const momentsOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

describe('lambda', () => {
  it.each([0.2, 1, 3])('is of the symmetric beta distribution of alpha %d', (alpha) => {
    const { mean, variance } = momentsOf(seeds.map((seed) => symmetricBeta(random(seed), alpha)));
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.025);
    expect(Math.abs(variance - 1 / (4 * (2 * alpha + 1)))).toBeLessThan(0.01);
  });

  it('is a number for the smallest alpha too', () => {
    for (const seed of seeds) expect(Number.isFinite(symmetricBeta(random(seed), 1e-3))).toBe(true);
    expect(() => mixUp(0)).toThrow('mixUp: alpha is 0, expected a number of at least 0.001.');
    expect(() => cutMix(-1)).toThrow(ZooError);
  });
});

describe('mixUp, cutMix, oneOf', () => {
  it('mix with a permutation of the batch, and say of what', () => {
    for (const seed of seeds.slice(0, 100)) {
      const { images, mixed } = mixUp()(batch, random(seed));
      if (!mixed) throw new Error('nothing was mixed');
      expect([...mixed.partners].sort()).toEqual([0, 1, 2, 3]);
      expect([...mixed.labels]).toEqual([...mixed.partners]);
      for (const [place, partner] of mixed.partners.entries())
        expect(images[place * 36]).toBeCloseTo(mixed.lambda * place + (1 - mixed.lambda) * partner, 5);
    }
  });

  it('count the pixels of CutMix', () => {
    for (const seed of seeds.slice(0, 100)) {
      const { images, mixed } = cutMix()(batch, random(seed));
      const [place, partner] = [...(mixed?.partners.entries() ?? [])].find(([one, other]) => one !== other) ?? [0, 0];
      if (!mixed || place === partner) continue;
      const own = images.subarray(place * 36, (place + 1) * 36).filter((value) => value === place).length;
      expect(own / 36).toBeCloseTo(mixed.lambda, 10);
    }
  });

  it('are chosen among for each batch', () => {
    const both = oneOf(mixUp(1), cutMix(1));
    const whole = seeds.filter((seed) => both(batch, random(seed)).images.every(Number.isInteger)).length;
    expect(Math.abs(whole / seeds.length - 0.5)).toBeLessThan(0.06);
    expect(() => oneOf()).toThrow('oneOf: there is nothing to choose from.');
  });
});

describe('batches', () => {
  const { integer } = random(5);
  const pictures = inMemory({
    name: 'noise',
    classes: ['a', 'b', 'c'],
    pixels: Uint8Array.from({ length: 30 * 12 * 12 * 3 }, () => integer(256)),
    labels: Array.from({ length: 30 }, (_, i) => i % 3),
    height: 12,
    width: 12,
    channels: 3,
  });
  const options = {
    batchSize: 7,
    shuffle: true,
    seed: 3,
    epoch: 2,
    transforms: [
      randomResizedCrop(8, 8),
      horizontalFlip(),
      colourJitter({ brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 }),
      randAugment(),
      randomErasing(),
    ],
    mix: oneOf(mixUp(), cutMix()),
  };
  const all = async (given: Partial<Parameters<typeof batches>[1]> = {}, dataset = pictures) => {
    const list: Batch[] = [];
    for await (const one of batches(dataset, { ...options, ...given })) list.push(one);
    return list;
  };

  it('are the same for the same seed, from any of them on, whatever order their pictures arrive in', async () => {
    const expected = await all();
    expect(await all()).toEqual(expected);
    expect(await all({ start: 2 })).toEqual(expected.slice(2));
    let asked = 0;
    const slow = {
      ...pictures,
      async example(index: number) {
        await new Promise((resolve) => setTimeout(resolve, (asked++ * 7) % 5));
        return pictures.example(index);
      },
    };
    expect(await all({}, slow)).toEqual(expected);
    expect(await all({ epoch: 3 })).not.toEqual(expected);
    expect(await all({ seed: 4 })).not.toEqual(expected);
  });

  it('draw the same for a picture in batches of any size', async () => {
    const { mix: _, ...alone } = options;
    const byIndex = async (batchSize: number) => {
      const rows = new Map<number, string>();
      for await (const { images, indices } of batches(pictures, { ...alone, batchSize }))
        for (const [place, index] of indices.entries())
          rows.set(index, images.subarray(place * 192, (place + 1) * 192).join());
      return rows;
    };
    expect(await byIndex(30)).toEqual(await byIndex(7));
  });

  it('have soft labels where they are mixed, and none elsewhere', async () => {
    for (const { targets = new Float32Array(0), labels, mixed } of await all()) {
      expect(targets.length).toBe(labels.length * 3);
      for (const [row, label] of labels.entries()) {
        const own = targets.subarray(row * 3, row * 3 + 3);
        expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
        expect(own[label]).toBeGreaterThanOrEqual(Math.fround(mixed?.lambda ?? 1) - 1e-6);
      }
    }
    const { mix: _, ...plain } = options;
    for await (const one of batches(pictures, plain)) expect(Object.keys(one)).not.toContain('targets');
  });
});
