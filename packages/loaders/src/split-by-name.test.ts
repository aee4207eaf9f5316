import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset.ts';
import { split } from './split.ts';
import { numberOfName } from './split-by-name.ts';

/** A data set of named examples, of the class that their names begin with. */
function named(names: readonly string[]): Dataset {
  const classes = [...new Set(names.map((name) => name.split('/')[0] ?? ''))].sort();
  const labels = names.map((name) => classes.indexOf(name.split('/')[0] ?? ''));
  return {
    name: 'named',
    classes,
    length: names.length,
    channels: 1,
    labelOf: (index) => labels[index] ?? 0,
    nameOf: (index) => names[index] ?? '',
    hashOf: async (index) => `hash of ${names[index]}`,
    example: (index) => ({ label: labels[index] ?? 0, pixels: new Uint8Array(1), height: 1, width: 1, channels: 1 }),
  };
}

const namesOf = (part: Dataset) => Array.from({ length: part.length }, (_, index) => part.nameOf?.(index) ?? '');
const files = (label: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `${label}/IMG_${from + index}.jpg`);
const sides = (names: readonly string[], fraction = 0.9, seed = 0) => {
  const [first, rest] = split(named(names), fraction, seed);
  return { first: namesOf(first), rest: namesOf(rest) };
};

describe('numberOfName', () => {
  it('is spread evenly over 0 to 1, also for names that are much alike', () => {
    const counts = Array<number>(20).fill(0);
    for (let index = 0; index < 20_000; index++) {
      const bin = Math.floor(numberOfName(`cat/IMG_${index}.jpg`, 0) * 20);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    // Chi squared with 19 degrees of freedom: 43.8 is passed once in a thousand times.
    const chi = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chi).toBeLessThan(43.8);
  });

  it('is the same on every machine: these are what runs have been split by', () => {
    expect(numberOfName('cat/1.jpg', 0)).toBe(0.5988952605985105);
    expect(numberOfName('cat/1.jpg', 1)).not.toBe(numberOfName('cat/1.jpg', 0));
    expect(numberOfName('caf\u00e9/1.jpg', 0)).toBe(numberOfName('cafe\u0301/1.jpg', 0));
  });
});

describe('split by names', () => {
  it('leaves everybody on their side when others come, go or change places', () => {
    const before = [...files('cat', 200), ...files('dog', 300)];
    const { first, rest } = sides(before);
    const after = sides([...files('ant', 100), ...before, ...files('cat', 50, 200), ...files('dog', 500, 300)]);
    expect(after.first).toEqual(expect.arrayContaining(first));
    expect(after.rest).toEqual(expect.arrayContaining(rest));
    const order = random(1).permutation(before.length);
    const shuffled = sides(Array.from(order, (at) => before[at] ?? ''));
    expect(shuffled.first.toSorted()).toEqual(first.toSorted());
    const fewer = sides(before.filter((_, index) => index % 3 > 0));
    expect(first).toEqual(expect.arrayContaining(fewer.first));
    expect(rest).toEqual(expect.arrayContaining(fewer.rest));
  });

  it('never makes a test picture of one that was trained on, while a class grows from two pictures to a hundred', () => {
    for (let seed = 0; seed < 50; seed++) {
      let trained = new Set<string>();
      for (let count = 2; count <= 100; count++) {
        const { first, rest } = sides([...files('cat', count), ...files('dog', 2)], 0.9, seed);
        expect([first, rest].map((part) => part.filter((name) => name.startsWith('cat')).length)).not.toContain(0);
        // Where all had been held out but one, that one may move; at 0.9 that takes a class of two or three.
        if (count > 4) expect(rest.filter((name) => trained.has(name))).toEqual([]);
        trained = new Set(first);
      }
    }
  });

  it('meets the share on average, and another seed draws others', () => {
    const names = files('cat', 5000);
    const { rest } = sides(names);
    expect(Math.abs(rest.length - 500)).toBeLessThan(90);
    const other = sides(names, 0.9, 1).rest;
    expect(other.filter((name) => rest.includes(name)).length).toBeLessThan(100);
  });

  it('has every class of two or more in both parts, however many classes of however few', () => {
    const names = Array.from({ length: 300 }, (_, label) => files(`c${label}`, 2 + (label % 4))).flat();
    for (const fraction of [0.001, 0.5, 0.9, 0.999]) {
      const { first, rest } = sides(names, fraction);
      for (const part of [first, rest]) expect(new Set(part.map((name) => name.split('/')[0])).size).toBe(300);
      expect(first.length + rest.length).toBe(names.length);
    }
    expect(() => sides(['a/1.jpg', 'a/2.jpg', 'b/1.jpg'])).toThrow('class b has 1 example, expected at least 2');
  });

  it('keeps names and hashes with their examples', async () => {
    const [, rest] = split(named([...files('cat', 30), ...files('dog', 30)]), 0.5);
    for (let index = 0; index < rest.length; index++) {
      const name = rest.nameOf?.(index) ?? '';
      expect(rest.classes[rest.labelOf(index)]).toBe(name.split('/')[0]);
      expect(await rest.hashOf?.(index)).toBe(`hash of ${name}`);
    }
  });
});
