import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { alexnetFamily } from '@zoo/alexnet';
import {
  deriveSeed,
  type Parse,
  parseArray,
  parseDictionary,
  parseInteger,
  parseNumber,
  parseObject,
  parseString,
  random,
} from '@zoo/core';
import { buildModel, modelWeights } from '@zoo/layers';
import { lenetFamily } from '@zoo/lenet';
import { presetOf } from '@zoo/spec';
import { zfnetFamily } from '@zoo/zfnet';
import { beforeAll, describe, expect, it } from 'vitest';

/** How PyTorch fills a weight, and what came of it: see fixtures/README.md. */
interface Filled {
  name: string;
  shape: number[];
  normal?: number;
  uniform?: number;
  constant?: number;
  mean: number;
  deviation: number;
  largest: number;
}
const parseFilled: Parse<Filled> = parseObject<Filled>(
  {
    name: parseString,
    shape: parseArray(parseInteger(1, 1e9)),
    mean: parseNumber(),
    deviation: parseNumber(0),
    largest: parseNumber(0),
  },
  { normal: parseNumber(0), uniform: parseNumber(0), constant: parseNumber() },
);
const parseGolden = parseObject<{ torch: string; presets: Record<string, Filled[]> }>({
  torch: parseString,
  presets: parseDictionary(parseArray(parseFilled)),
});
const { presets } = parseGolden(
  JSON.parse(readFileSync(new URL('fixtures/initial-values.json', import.meta.url), 'utf8')),
  'initial-values.json',
);
const families = [alexnetFamily, zfnetFamily, lenetFamily];
const seed = 3;

/** Values of which each is compared with what PyTorch would make of the same draw. */
const exact = 2000;

/** The formulas of `torch.nn.init`, on a draw of the standard distribution. */
function filledWith({ normal, uniform, constant = Number.NaN }: Filled, draws: ReturnType<typeof random>): number {
  if (normal !== undefined) return normal * draws.normal();
  // torch.Tensor.uniform_(-bound, bound).
  if (uniform !== undefined) return -uniform + draws.uniform() * 2 * uniform;
  return constant;
}

/** By an index: a loop `of` 60 million elements takes several times as long. */
function momentsOf(values: ArrayLike<number>) {
  let [sum, squares, largest] = [0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    sum += value;
    squares += value * value;
    largest = Math.max(largest, Math.abs(value));
  }
  const mean = sum / values.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)), largest };
}

beforeAll(() => tf.setBackend('cpu'));

describe.each(Object.entries(presets))('%s', (name, filled) => {
  it('begins with the values that its original begins with', async () => {
    const model = buildModel(presetOf(name, families), { seed });
    try {
      const weights = modelWeights(model);
      const learned = weights.filter(({ role }) => role === 'weight' || role === 'bias');
      expect(learned.map((one) => one.name)).toEqual(filled.map((one) => one.name));
      for (const [position, { name: path, variable }] of weights.entries()) {
        const golden = filled.find((one) => one.name === path);
        if (!golden) continue;
        const values = await variable.data();
        const count = golden.shape.reduce((product, size) => product * size, 1);
        expect(values.length, path).toBe(count);

        const draws = random(deriveSeed(seed, position));
        for (let index = 0; index < Math.min(exact, count); index++) {
          const expected = filledWith(golden, draws);
          const off = Math.abs((values[index] ?? Number.NaN) - expected);
          // Float32 has 24 bits.
          if (!(off <= 2 ** -23 * Math.abs(expected))) expect(values[index], `${path} ${index}`).toBe(expected);
        }

        // Two independent samples: their means and deviations differ by what chance allows, at six times its deviation.
        const { mean, deviation, largest } = momentsOf(values);
        const chance = 6 * Math.sqrt(2 / count);
        expect(Math.abs(mean - golden.mean), `${path}: mean`).toBeLessThanOrEqual(chance * golden.deviation);
        expect(Math.abs(deviation - golden.deviation), `${path}: deviation`).toBeLessThanOrEqual(
          chance * golden.deviation + 1e-12,
        );
        if (golden.uniform !== undefined) expect(largest, path).toBeLessThanOrEqual(Math.fround(golden.uniform));
        if (golden.constant !== undefined) expect(largest, path).toBe(Math.fround(golden.largest));
      }
    } finally {
      model.dispose();
    }
  }, 120_000);
});

describe('lenet/lenet-5', () => {
  // Appendix A: "uniformly between -2.4/F and 2.4/F", F the inputs of the unit; a filter of C3 sees 3, 4 or 6 maps (table I).
  it.each([
    ['c1.weight', 25],
    ['s2.weight', 4],
    ['c5.weight', 400],
    ['f6.weight', 120],
  ])('%s has units of %d inputs', async (path, inputs) => {
    const model = buildModel(presetOf('lenet/lenet-5', families), { seed });
    const weight = modelWeights(model).find(({ name }) => name === path);
    const { largest } = momentsOf((await weight?.variable.data()) ?? []);
    expect(largest).toBeLessThanOrEqual(Math.fround(2.4 / inputs));
    expect(largest).toBeGreaterThan((inputs > 4 ? 0.9 : 0.3) * (2.4 / inputs));
    model.dispose();
  });

  it('has filters of its third layer by the maps that each sees', async () => {
    const model = buildModel(presetOf('lenet/lenet-5', families), { seed });
    const weight = modelWeights(model).find(({ name }) => name === 'c3.weight');
    const values = Float32Array.from((await weight?.variable.data()) ?? []);
    // Six filters of 3 maps, nine of 4, one of 6.
    let at = 0;
    for (const maps of [...new Array(6).fill(3), ...new Array(9).fill(4), 6]) {
      const { largest } = momentsOf(values.subarray(at, at + maps * 25));
      expect(largest).toBeLessThanOrEqual(Math.fround(2.4 / (maps * 25)));
      expect(largest).toBeGreaterThan(0.85 * (2.4 / (maps * 25)));
      at += maps * 25;
    }
    expect(at).toBe(values.length);
    model.dispose();
  });
});
