import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { type Batch, batches, type Image, inMemory, softLabels, transformsOf } from '@zoo/loaders';
import { type Augmentation, dense, flatten, type ModelSpec, type Preprocessing, usualAugmentations } from '@zoo/spec';
import { plainRecipe } from '@zoo/testing/plain-recipe';
import { describe, expect, it } from 'vitest';
import { learnedWeights } from './learned-weights.ts';
import { disposeOptimizer, startOptimizer } from './optimizer-state.ts';
import { trainingMix, trainingSteps } from './pipelines.ts';
import { train } from './train.ts';
import { trainingStep } from './training-step.ts';

const {
  randomCrop,
  randomResizedCrop,
  horizontalFlip,
  pcaColour,
  colourJitter,
  randAugment,
  randomErasing,
  mixUp,
  cutMix,
} = usualAugmentations;

const specOf = (preprocessing: Partial<Preprocessing> = {}): ModelSpec => ({
  family: 'test',
  preset: 'augmented',
  title: 'A network for tests',
  source: 'this file',
  className: 'Augmented',
  input: [8, 8, 3],
  classes: 3,
  preprocessing: { range: 1, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25], channels: 'rgb', ...preprocessing },
  init: { weight: 'xavier-uniform', bias: 0 },
  recipe: plainRecipe,
  layers: [flatten({ call: true }), dense('classes', { name: 'head' })],
});
const spec = specOf();
const { integer } = random(1);
const pictures = inMemory({
  name: 'noise',
  classes: ['a', 'b', 'c'],
  pixels: Uint8Array.from({ length: 12 * 10 * 12 * 3 }, () => integer(256)),
  labels: Array.from({ length: 12 }, (_, index) => index % 3),
  height: 10,
  width: 12,
  channels: 3,
});
const picture: Image = {
  pixels: Uint8Array.from({ length: 10 * 12 * 3 }, () => integer(256)),
  height: 10,
  width: 12,
  channels: 3,
};
const made = (augment: readonly Augmentation[], seed = 0, of = spec): Image => {
  const generator = random(seed);
  return transformsOf(trainingSteps(of, augment)).reduce(
    (current, transform) => transform(current, generator),
    picture,
  );
};

describe('the steps of a recipe', () => {
  it.each([randomCrop, randomResizedCrop, horizontalFlip, pcaColour, colourJitter, randAugment, randomErasing])(
    '$kind changes pictures, and keeps the size of the network',
    (step) => {
      const plain = made([]).pixels.join();
      // A crop of a picture that is scaled to the network's size has one place only, unless it is padded.
      const padded = step.kind === 'randomCrop' ? { ...step, padding: 2 } : step;
      const outputs = Array.from({ length: 10 }, (_, seed) => made([padded], seed));
      for (const { height, width, channels } of outputs) expect([height, width, channels]).toEqual([8, 8, 3]);
      expect(outputs.filter(({ pixels }) => pixels.join() !== plain).length).toBeGreaterThan(2);
      expect(outputs.map(({ pixels }) => pixels.join())).toEqual(
        Array.from({ length: 10 }, (_, seed) => made([padded], seed).pixels.join()),
      );
    },
  );

  it('erase to the mean, which is 0 after normalising', () => {
    const { pixels } = made([{ ...randomErasing, probability: 1 }], 3);
    expect(pixels.filter((value) => value === 0).length % 3).toBe(0);
    expect(pixels.filter((value) => value === 0).length).toBeGreaterThan(0);
  });

  it('cut out the middle without a crop, a random part with one', () => {
    const scaled = specOf({ resizeShorterSide: 10 });
    const places = (augment: readonly Augmentation[]) =>
      new Set(Array.from({ length: 40 }, (_, seed) => made(augment, seed, scaled).pixels.join())).size;
    expect(places([])).toBe(1);
    expect(places([randomCrop])).toBeGreaterThan(5);
  });

  it('show something of the picture in every crop, with the most padding, also within a frame', () => {
    for (const frame of [0, 2]) {
      // A white picture, which the frame and the padding surround with black ones.
      const white: Image = { ...picture, pixels: new Uint8Array(picture.pixels.length).fill(255) };
      const steps = trainingSteps(specOf({ padding: frame }), [{ ...randomCrop, padding: 7 - frame }]);
      for (let seed = 0; seed < 500; seed++) {
        const generator = random(seed);
        const { pixels } = transformsOf(steps).reduce((current, transform) => transform(current, generator), white);
        expect(pixels.some((value) => value > 0)).toBe(true);
      }
    }
  });

  it('keep the frame of a padded input around a resized crop', () => {
    const { pixels } = made([randomResizedCrop], 0, specOf({ padding: 2 }));
    expect([...pixels.subarray(0, 2 * 8 * 3)].every((value) => value === -2)).toBe(true);
  });

  it('are refused out of order, of no kind, and with numbers that make no sense', () => {
    expect(() => made([horizontalFlip, randomCrop])).toThrow(
      'augment: randomCrop is after horizontalFlip, expected in this order: a crop, changes of the picture, randomErasing, mixUp and cutMix. Change the order of the steps.',
    );
    const grey: ModelSpec = { ...spec, input: [8, 8, 1] };
    expect(() => trainingSteps(grey, [pcaColour])).toThrow(
      'augment: pcaColour is for pictures of 3 channels, but the network takes 1. Leave it out, or build the network with inChannels: 3.',
    );
    expect(trainingSteps(grey, [colourJitter, randAugment])).toHaveLength(5);
    expect(() => trainingSteps({ ...spec, input: [8, 8, 4] }, [colourJitter])).toThrow(
      'colourJitter is for pictures of 1 or 3 channels, but the network takes 4.',
    );
    expect(() => made([{ ...randomCrop, padding: 8 }])).toThrow(
      "augment: randomCrop has a padding of 8, expected at most 7 for the network's pictures of 8x8: with more, a crop may lie in the black padding alone. Choose a smaller padding.",
    );
    expect(() => made([{ ...randomErasing, scale: [1, 1] }])).toThrow(
      'augment: randomErasing has a scale of 1 to 1 and a ratio of 0.3 to 3.3, of which no rectangle',
    );
    expect(() => made([{ ...randomResizedCrop, scale: [0, 0] }])).toThrow('randomResizedCrop has a scale of 0 to 0');
    const unknown: Augmentation[] = JSON.parse('[{"kind":"blur"}]');
    expect(() => made(unknown)).toThrow('augment: no step is of kind blur, only randomCrop, randomResizedCrop');
    expect(() => made([{ ...randAugment, magnitude: 40 }])).toThrow('randAugment: magnitude is 40');
  });
});

describe('mixed batches', () => {
  const options = { batchSize: 4, shuffle: true, seed: 2, epoch: 1, transforms: transformsOf(trainingSteps(spec, [])) };
  const first = async (augment: readonly Augmentation[]): Promise<Batch> => {
    const mix = trainingMix(augment);
    for await (const batch of batches(pictures, { ...options, ...(mix && { mix }) })) return batch;
    throw new Error('no batch');
  };

  it('are made by MixUp, CutMix, or either', async () => {
    expect(trainingMix([horizontalFlip])).toBeUndefined();
    const plain = await first([]);
    for (const augment of [[mixUp], [cutMix], [mixUp, cutMix]]) {
      const batch = await first(augment);
      expect(batch.labels).toEqual(plain.labels);
      expect(batch.images).not.toEqual(plain.images);
      expect(batch.targets).toEqual(softLabels(batch, 3));
    }
  });

  it('have the loss of both of their labels: lambda · loss(own) + (1 − lambda) · loss(partner)', async () => {
    const batch = await first([{ ...mixUp, alpha: 5 }]);
    const { mixed } = batch;
    if (!mixed) throw new Error('nothing was mixed');
    const model = buildModel(spec, { seed: 1 });
    const step = async (given: Batch) => {
      const before = model.getWeights().map((weight) => weight.clone());
      const state = startOptimizer({ ...plainRecipe.optimizer, learningRate: 0.01 }, learnedWeights(model), spec);
      const rates = { learningRate: 0.01, weightDecay: 0, step: 1, labelSmoothing: 0, clipNorm: 0, accumulate: 1 };
      const { loss } = await trainingStep(model, state, given, rates);
      const after = await model.getWeights()[0]?.data();
      model.setWeights(before);
      tf.dispose(before);
      disposeOptimizer(state);
      return { loss, after: Float32Array.from(after ?? []) };
    };
    const { mixed: _, targets: __, ...hard } = batch;
    const own = await step(hard);
    const partners = await step({ ...hard, labels: mixed.labels });
    const both = await step(batch);
    const { lambda } = mixed;
    expect(both.loss).toBeCloseTo(lambda * own.loss + (1 - lambda) * partners.loss, 4);
    for (const [index, value] of both.after.entries())
      expect(value).toBeCloseTo(lambda * (own.after[index] ?? 0) + (1 - lambda) * (partners.after[index] ?? 0), 6);
    model.dispose();
  });

  it('are what train() trains on, the same for the same seed', async () => {
    const losses = async (augment: readonly Augmentation[], seed = 1) => {
      const model = buildModel(spec, { seed: 1 });
      const found: number[] = [];
      for await (const event of train(model, pictures, { epochs: 2, batchSize: 5, augment, seed }))
        if (event.type === 'step') found.push(event.loss);
      model.dispose();
      return found;
    };
    const all = [randomResizedCrop, horizontalFlip, colourJitter, randAugment, randomErasing, mixUp, cutMix];
    const expected = await losses(all);
    expect(expected).toHaveLength(6);
    expect(await losses(all)).toEqual(expected);
    for (const step of all) expect(await losses(all.filter((one) => one !== step)), step.kind).not.toEqual(expected);
  });
});
