import { describe, expect, it } from 'vitest';
import { deriveSeed, fillNormal, fillUniform, type Random, random } from './random.ts';

const COUNT = 100_000;
const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;
const moment = (values: readonly number[], power: number): number => mean(values.map((value) => value ** power));

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const products = a.map((value, index) => (value - meanA) * ((b[index] ?? 0) - meanB));
  const variance = (values: readonly number[], centre: number) => mean(values.map((value) => (value - centre) ** 2));
  return mean(products) / Math.sqrt(variance(a, meanA) * variance(b, meanB));
}

/** sfc32 as PractRand has it (sfc.cpp, raw32 and seed), in exact integers. */
function* practRand(seed: bigint): Generator<number> {
  const word = (value: bigint) => BigInt.asUintN(32, value);
  let [a, b, c, counter] = [0n, word(seed), word(seed >> 32n), 1n];
  for (let round = 0; ; round++) {
    const output = word(a + b + counter++);
    a = b ^ (b >> 9n);
    b = word(c + (c << 3n));
    c = word(((c << 21n) | (c >> 11n)) + output);
    if (round >= 12) yield Number(output) / 2 ** 32;
  }
}

describe('random', () => {
  it.each([0, 1, -1, 123_456_789, 2 ** 32, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'is the sfc32 of PractRand for seed %d',
    (seed) => {
      const expected = practRand(BigInt(seed));
      const { uniform } = random(seed);
      expect(draw(100, uniform)).toEqual(Array.from({ length: 100 }, () => expected.next().value));
    },
  );

  it('tells seeds apart that agree in their last 32 bits', () => {
    const starts = [7, 7 + 2 ** 32, 7 - 2 ** 32, 7 + 2 ** 40].map((seed) => random(seed).uniform());
    expect(new Set(starts).size).toBe(4);
  });

  it('has streams that are no later part of one another', () => {
    const windows = new Set<string>();
    const streams = [[1], [1, 0], [1, 0, 0], [1, 1], [0, 1], [2], [13], [1, 12], [1, 13]] as const;
    for (const [seed, ...stream] of streams) {
      const numbers = draw(5000, random(seed, ...stream).uniform);
      for (let i = 0; i + 2 < numbers.length; i++) windows.add(numbers.slice(i, i + 3).join());
    }
    expect(windows.size).toBe(streams.length * 4998);
  });

  it.each([0, 1, 7, 1000])('fills an array of %d with the numbers that it draws one by one', (length) => {
    const [uniforms, normals] = [new Float32Array(length), new Float32Array(length)];
    fillUniform(uniforms, 0.3, 5);
    fillNormal(normals, 0.3, 5);
    const [forUniforms, forNormals] = [random(5), random(5)];
    expect(uniforms).toEqual(Float32Array.from({ length }, () => 0.3 * (2 * forUniforms.uniform() - 1)));
    expect(normals).toEqual(Float32Array.from({ length }, () => 0.3 * forNormals.normal()));
  });

  it('gives these numbers for seed 0, everywhere and for ever: runs depend on it', () => {
    const source = random(0);
    expect(draw(3, source.uniform)).toEqual([0.317481443984434, 0.03381406492553651, 0.1883028249721974]);
    expect([...random(0, 1, 2).permutation(8)]).toEqual([1, 5, 4, 7, 6, 3, 2, 0]);
  });

  it.each([
    ['a seed', [7]],
    ['a stream', [7, 1, 2]],
    ['a negative seed', [-7]],
  ] as const)('repeats itself for %s', (_what, [seed, ...stream]) => {
    const numbers = (source: Random) => [
      source.uniform(),
      source.normal(),
      source.integer(1000),
      source.normal(),
      ...source.permutation(5),
    ];
    expect(numbers(random(seed, ...stream))).toEqual(numbers(random(seed, ...stream)));
  });

  it('gives neighbouring seeds and streams unlike numbers', () => {
    const reference = draw(20_000, random(1, 0).uniform);
    for (const other of [random(1), random(0), random(2), random(1, 1), random(1, 2), random(1, 0, 0), random(0, 1)]) {
      // The correlation of independent series this long has a standard deviation of 0.007.
      expect(Math.abs(correlation(reference, draw(20_000, other.uniform)))).toBeLessThan(0.03);
    }
  });

  it('has first numbers spread evenly over streams', () => {
    const first = Array.from({ length: 20_000 }, (_, stream) => random(3, stream).uniform());
    expect(mean(first)).toBeCloseTo(0.5, 1.9);
    const halves = first.map((value, index) => (value - 0.5) * ((first[index + 1] ?? 0.5) - 0.5));
    expect(Math.abs(mean(halves))).toBeLessThan(0.003);
  });

  it('derives a whole number of 53 bits that depends on every number and their order', () => {
    const seeds = [deriveSeed(0), deriveSeed(1), deriveSeed(0, 0), deriveSeed(0, 1, 2), deriveSeed(0, 2, 1)];
    expect(new Set(seeds).size).toBe(seeds.length);
    for (const seed of seeds) expect(Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 53).toBe(true);
  });

  it('gives each of 100,000 streams a seed of its own', () => {
    const seeds = new Set(Array.from({ length: 100_000 }, (_, stream) => deriveSeed(5, stream)));
    expect(seeds.size).toBe(100_000);
    // A mean of 2 ** 52 with a standard deviation of 2 ** 53 / √(12 · 100,000): all bits are used.
    expect(Math.abs(mean([...seeds]) / 2 ** 53 - 0.5)).toBeLessThan(0.004);
  });
});

describe('uniform', () => {
  it('fills [0, 1) evenly', () => {
    const source = random(1);
    const bins = Array.from({ length: 10 }, () => 0);
    for (const value of draw(COUNT, source.uniform)) {
      const bin = Math.floor(value * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    expect(bins).toHaveLength(10);
    const chiSquare = bins.reduce((total, count) => total + (count - COUNT / 10) ** 2 / (COUNT / 10), 0);
    // 9 degrees of freedom: 27.9 is passed once in a thousand seeds.
    expect(chiSquare).toBeLessThan(27.9);
  });
});

describe('normal', () => {
  it('has the moments of the normal distribution', () => {
    const values = draw(COUNT, random(2).normal);
    // Standard deviations of the four: 0.003, 0.0045, 0.012, 0.031.
    expect(Math.abs(moment(values, 1))).toBeLessThan(0.013);
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(0.018);
    expect(Math.abs(moment(values, 3))).toBeLessThan(0.05);
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(0.13);
  });

  it('has the two halves of a pair independent', () => {
    const values = draw(COUNT, random(3).normal);
    const even = values.filter((_, index) => index % 2 === 0);
    const odd = values.filter((_, index) => index % 2 === 1);
    expect(Math.abs(correlation(even, odd))).toBeLessThan(0.02);
  });

  it('is always finite', () => {
    expect(draw(COUNT, random(4).normal).every(Number.isFinite)).toBe(true);
  });
});

describe('integer', () => {
  it('gives every number below its bound, and no other', () => {
    const source = random(5);
    expect(new Set(draw(1000, () => source.integer(6)))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(source.integer(1)).toBe(0);
  });
});

describe('permutation', () => {
  it.each([0, 1, 2, 1000])('holds each of %i places once', (length) => {
    const order = random(6).permutation(length);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, index) => index));
  });

  it('gives each of the 6 orders of 3 equally often', () => {
    const counts = new Map<string, number>();
    for (let stream = 0; stream < 6000; stream++) {
      const order = random(7, stream).permutation(3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1,000 each, with a standard deviation of 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });
});
