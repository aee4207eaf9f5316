import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { presets } from '@zoo/alexnet';
import {
  parseArray,
  parseDictionary,
  parseInteger,
  parseLiteral,
  parseNumber,
  parseObject,
  parseString,
} from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { batches, type Dataset, inMemory } from '@zoo/loaders';
import { configure, type ModelSpec, parseRecipe, parseSchedule, type Recipe, type Schedule } from '@zoo/spec';
import { learnedWeights, train } from '@zoo/trainers';
import { loadWeights, openTensors } from '@zoo/weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { classWeightsOf } from '../packages/trainers/src/class-weights.ts';
import { disposeOptimizer, startOptimizer } from '../packages/trainers/src/optimizer-state.ts';
import { evaluationTransforms } from '../packages/trainers/src/pipelines.ts';
import { refinementsOf } from '../packages/trainers/src/refinements.ts';
import { scheduleFactor } from '../packages/trainers/src/schedules.ts';
import { trainingStep } from '../packages/trainers/src/training-step.ts';

// Losses of PyTorch: see packages/trainers/fixtures/README.md.

interface Golden {
  preset: 'paper' | 'torchvision' | 'batchnorm' | 'cifar10-full';
  name: string;
  recipe: Recipe;
  /** Each picture is mixed with the one of its place here, of which there is the rest of the share. */
  mix?: { share: number; pairs: number[] };
  classWeights?: Record<string, number>;
  losses: number[];
  /** Of the weights after each step, and of their average. */
  validation?: number[];
  averaged?: number[];
}

const numbers = parseArray(parseNumber());
const parseGoldens = parseObject<{
  runs: Golden[];
  schedules: { schedule: Schedule; losses: number[]; factors: number[] }[];
}>({
  runs: parseArray(
    parseObject<Golden>(
      {
        preset: parseLiteral('paper', 'torchvision', 'batchnorm', 'cifar10-full'),
        name: parseString,
        recipe: parseRecipe,
        losses: numbers,
      },
      {
        mix: parseObject<NonNullable<Golden['mix']>>({ share: parseNumber(0, 1), pairs: parseArray(parseInteger(0)) }),
        classWeights: parseDictionary(parseNumber(0)),
        validation: numbers,
        averaged: numbers,
      },
    ),
  ),
  schedules: parseArray(
    parseObject<{ schedule: Schedule; losses: number[]; factors: number[] }>({
      schedule: parseSchedule,
      losses: numbers,
      factors: numbers,
    }),
  ),
});
const parseSizes = parseObject<{ width: number; inputSize: number; classes: number; scale: number }>({
  width: parseNumber(0, 1),
  inputSize: parseInteger(1),
  classes: parseInteger(1),
  scale: parseNumber(0, 1),
});

const path = (name: string) => fileURLToPath(new URL(`../packages/${name}`, import.meta.url));
const json = (name: string): unknown => JSON.parse(readFileSync(path(name), 'utf8'));
const { runs, schedules } = parseGoldens(json('trainers/fixtures/goldens.json'), 'goldens.json');
const sizes = parseDictionary(parseSizes)(json('alexnet/fixtures/index.json'), 'index.json');

function specOfGolden({ preset, recipe }: Golden): ModelSpec {
  const { width = 1, inputSize = 1, classes = 1, scale = 1 } = sizes[preset] ?? {};
  const small = configure(presets[preset], { width, inputSize, classes, dropout: 0 });
  const every = (value: number) => small.preprocessing.mean.map(() => value);
  const preprocessing = { range: 255, mean: every(128), std: every(1 / scale), channels: 'rgb' } as const;
  return { ...small, preprocessing, recipe };
}

/** The two pictures of the goldens of @zoo/alexnet, and their negatives. */
async function pictures(
  { preset }: Golden,
  { input: [height, width, channels], classes }: ModelSpec,
): Promise<Dataset> {
  const file = await openTensors(path(`alexnet/fixtures/${preset}.golden.safetensors`));
  const nchw = await file.tensors.get('input')?.read();
  await file.close();
  if (!nchw) throw new Error(`${preset} has no input`);
  const size = height * width;
  const pixels = new Uint8Array(4 * channels * size);
  for (const [index, value] of nchw.entries()) {
    const [picture, channel] = [Math.floor(index / size / channels), Math.floor(index / size) % channels];
    const place = (picture * size + (index % size)) * channels + channel;
    pixels[place] = value;
    pixels[place + nchw.length] = 255 - value;
  }
  return inMemory({
    name: preset,
    classes: Array.from({ length: classes }, (_, index) => String(index)),
    labels: Uint8Array.of(1, 4, 0, 2),
    pixels,
    height,
    width,
    channels,
  });
}

async function modelOf(golden: Golden): Promise<tfl.LayersModel> {
  const model = buildModel(specOfGolden(golden));
  await loadWeights(model, path(`alexnet/fixtures/${golden.preset}.weights.safetensors`));
  return model;
}

function expectNear(found: readonly (number | undefined)[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [step, value] of expected.entries())
    expect(
      Math.abs((found[step] ?? Number.NaN) / value - 1),
      `step ${step + 1}: ${found[step]} for ${value}`,
    ).toBeLessThan(1e-3);
}

/** Losses of `trainingStep` on the pictures in their own order: those of `train` come shuffled, which only mixing and parts can tell. */
async function lossesInOrder(golden: Golden): Promise<number[]> {
  const { recipe, mix } = golden;
  const spec = specOfGolden(golden);
  const model = await modelOf(golden);
  const data = await pictures(golden, spec);
  const refinements = refinementsOf({}, recipe);
  const state = startOptimizer(recipe.optimizer, learnedWeights(model), spec, refinements);
  const classWeights = golden.classWeights && classWeightsOf(data, golden.classWeights);
  const first = await batches(data, { batchSize: 4, transforms: evaluationTransforms(spec) }).next();
  if (!first.value) throw new Error('a batch expected');
  const { images, labels, ...batch } = first.value;
  const mixed = ({ share, pairs }: NonNullable<Golden['mix']>, rows: Float32Array): Float32Array => {
    const length = rows.length / 4;
    const other = (place: number) => rows[(pairs[Math.floor(place / length)] ?? 0) * length + (place % length)] ?? 0;
    return rows.map((value, place) => share * value + (1 - share) * other(place));
  };
  const oneHot = new Float32Array(4 * spec.classes);
  for (const [row, label] of labels.entries()) oneHot[row * spec.classes + label] = 1;
  const given = mix
    ? { ...batch, labels, images: mixed(mix, images), targets: mixed(mix, oneHot) }
    : { ...batch, labels, images };
  const losses: number[] = [];
  for (let steps = 0; steps < recipe.epochs; steps++) {
    const factor = scheduleFactor(recipe.schedule, { epochs: steps, steps, totalSteps: recipe.epochs, losses: [] });
    const { learningRate, weightDecay } = recipe.optimizer;
    const rates = { ...refinements, learningRate: learningRate * factor, weightDecay, step: steps + 1, classWeights };
    const score = await trainingStep(model, state, given, rates);
    losses.push(score.loss / 4);
  }
  disposeOptimizer(state);
  model.dispose();
  return losses;
}

const cases = runs.map((golden) => [golden.preset, golden.name, golden] as const);

describe('20 steps are those of PyTorch', () => {
  beforeAll(() => tf.setBackend('wasm'));

  it.each(cases)('%s: %s', async (_, __, golden) => {
    const before = tf.memory().numTensors;
    if (golden.mix || golden.name === 'accumulation') {
      expectNear(await lossesInOrder(golden), golden.losses);
      expect(tf.memory().numTensors).toBe(before);
      return;
    }
    const spec = specOfGolden(golden);
    const model = await modelOf(golden);
    const data = await pictures(golden, spec);
    const losses: number[] = [];
    const validation: (number | undefined)[] = [];
    const averaged: (number | undefined)[] = [];
    for await (const event of train(model, data, {
      validation: data,
      ...(golden.classWeights && { classWeights: golden.classWeights }),
    })) {
      if (event.type === 'step') losses.push(event.loss);
      if (event.type === 'epoch') {
        validation.push(event.validation?.loss);
        averaged.push(event.averaged?.loss);
      }
    }
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expectNear(losses, golden.losses);
    if (golden.validation) expectNear(validation, golden.validation);
    if (golden.averaged) expectNear(averaged, golden.averaged);
    else expect(averaged.every((loss) => loss === undefined)).toBe(true);
  });
});

it.each(schedules)("the rate of $schedule is that of PyTorch's scheduler", ({ schedule, losses, factors }) => {
  const found = factors.map((_, steps) =>
    scheduleFactor(schedule, { epochs: steps, steps, totalSteps: factors.length, losses: losses.slice(0, steps) }),
  );
  for (const [step, factor] of factors.entries()) expect(found[step], `step ${step}`).toBeCloseTo(factor, 7);
});
