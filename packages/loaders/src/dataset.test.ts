import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset.ts';
import { inMemory } from './in-memory.ts';
import { split } from './split.ts';
import { subset } from './subset.ts';

/** 10 of class a, 20 of b, 30 of c; an example's only pixel is its place. */
const labels = Array.from({ length: 60 }, (_, i) => [0, 1, 2, 1, 2, 2][i % 6] ?? 0);
const dataset = inMemory({
  name: 'letters',
  classes: ['a', 'b', 'c'],
  pixels: Uint8Array.from({ length: 60 }, (_, i) => i),
  labels,
  height: 1,
  width: 1,
  channels: 1,
});

async function places(part: Dataset): Promise<number[]> {
  const examples = await Promise.all(Array.from({ length: part.length }, (_, i) => part.example(i)));
  return examples.map(({ pixels }) => pixels[0] ?? -1);
}

function counts(part: Dataset): number[] {
  const found = part.classes.map(() => 0);
  for (let i = 0; i < part.length; i++) {
    const label = part.labelOf(i);
    found[label] = (found[label] ?? 0) + 1;
  }
  return found;
}

describe('inMemory', () => {
  it('gives views of its pixels', async () => {
    expect(dataset.length).toBe(60);
    expect(counts(dataset)).toEqual([10, 20, 30]);
    expect(await dataset.example(7)).toEqual({
      label: dataset.labelOf(7),
      pixels: Uint8Array.of(7),
      height: 1,
      width: 1,
      channels: 1,
    });
  });

  it('names what does not fit', () => {
    const options = {
      name: 'x',
      classes: ['a'],
      pixels: new Uint8Array(5),
      labels: [0, 0],
      height: 1,
      width: 2,
      channels: 1,
    };
    expect(() => inMemory(options)).toThrow('x: 5 bytes of pixels, expected 2 examples of 1x2x1 = 4.');
    expect(() => inMemory({ ...options, pixels: new Uint8Array(4), labels: [0, 1] })).toThrow(
      'x: label of example 1 is 1, expected 0 to 0.',
    );
    expect(() => dataset.labelOf(60)).toThrow('letters: example 60 does not exist, expected 0 to 59.');
    expect(() => dataset.example(-1)).toThrow('letters: example -1 does not exist');
  });
});

describe('subset', () => {
  it('takes as many of each class as there are', () => {
    expect(counts(subset(dataset, 9))).toEqual([3, 3, 3]);
    expect(counts(subset(dataset, 45))).toEqual([10, 18, 17]);
    expect(subset(dataset, 60)).toBe(dataset);
    expect(subset(dataset, 1000)).toBe(dataset);
    expect(subset(dataset, 9).name).toBe('letters, 9 of 60');
  });

  it('depends on the seed alone, and a smaller one begins a larger one', async () => {
    const nine = await places(subset(dataset, 9));
    expect(await places(subset(dataset, 9))).toEqual(nine);
    expect((await places(subset(dataset, 30))).slice(0, 9)).toEqual(nine);
    expect(await places(subset(dataset, 9, 1))).not.toEqual(nine);
    expect(new Set(await places(subset(dataset, 59))).size).toBe(59);
  });

  it('keeps labels with their examples', async () => {
    const part = subset(dataset, 20);
    for (let i = 0; i < part.length; i++) {
      const example = await part.example(i);
      expect(part.labelOf(i)).toBe(example.label);
      expect(example.label).toBe(labels[example.pixels[0] ?? -1]);
    }
  });

  it('names a limit that makes no sense', () => {
    expect(() => subset(dataset, 0)).toThrow('subset of letters: limit is 0, expected a whole number of at least 1.');
    expect(() => subset(dataset, 9).labelOf(9)).toThrow('letters, 9 of 60: example 9 does not exist, expected 0 to 8.');
  });
});

describe('split', () => {
  it('shares every class out, without overlap, in the original order', async () => {
    const [first, rest] = split(dataset, 0.8);
    expect([counts(first), counts(rest)]).toEqual([
      [8, 16, 24],
      [2, 4, 6],
    ]);
    const [a, b] = [await places(first), await places(rest)];
    expect(a).toEqual(a.toSorted((x, y) => x - y));
    expect([...a, ...b].toSorted((x, y) => x - y)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(await places(split(dataset, 0.8)[1])).toEqual(b);
    expect(await places(split(dataset, 0.8, 5)[1])).not.toEqual(b);
  });

  it('names a fraction that makes no sense', () => {
    expect(() => split(dataset, 1)).toThrow('split of letters: fraction is 1, expected more than 0 and less than 1.');
  });

  it('leaves an example of every class in each part, however small the class', () => {
    for (const each of [2, 3, 5])
      for (const fraction of [0.001, 0.5, 0.9, 0.999]) {
        const few = small(each, each);
        const [first, rest] = split(few, fraction);
        const labels = (part: Dataset) => new Set(Array.from({ length: part.length }, (_, i) => part.labelOf(i)));
        expect([first.length + rest.length, labels(first).size, labels(rest).size]).toEqual([2 * each, 2, 2]);
      }
    expect(() => split(small(4, 1), 0.9)).toThrow('split of few: class b has 1 example, expected at least 2');
  });
});

/** So many examples of `a` and of `b`. */
const small = (a: number, b: number): Dataset =>
  inMemory({
    name: 'few',
    classes: ['a', 'b'],
    pixels: new Uint8Array(a + b),
    labels: Array.from({ length: a + b }, (_, i) => (i < a ? 0 : 1)),
    height: 1,
    width: 1,
    channels: 1,
  });
