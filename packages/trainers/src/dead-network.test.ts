import '@zoo/kernels/wasm';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { batchNorm, conv, dropout, relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { beforeAll, expect, it } from 'vitest';
import { type StepEvent, sgd, type TrainOptions, train, warningText } from './index.ts';

beforeAll(() => tf.setBackend('wasm'));

/** Pictures of two classes, each of one shade. */
const pictures = (shades: readonly number[]) =>
  inMemory({
    name: 'shades',
    classes: ['a', 'b'],
    labels: Uint8Array.from(shades, (_, i) => i % 2),
    pixels: Uint8Array.from({ length: shades.length * 16 }, (_, i) => shades[Math.floor(i / 16)] ?? 0),
    height: 4,
    width: 4,
    channels: 1,
  });

const four = [10, 80, 160, 240];

interface Tried {
  bias?: number;
  weight?: number;
  shades?: readonly number[];
  options?: TrainOptions;
}

/** The steps of a training that warn. */
async function warningSteps({ bias = -100, weight = 0.1, shades = four, options }: Tried): Promise<StepEvent[]> {
  const init = { weight: { normal: weight }, bias };
  const spec = specWith([conv(3, 3), relu(), conv(3, 1), relu()], [4, 4, 1], { init });
  const found: StepEvent[] = [];
  const usual = { epochs: 210, batchSize: 4, optimizer: sgd({ learningRate: 1e-4 }) };
  for await (const event of train(buildModel(spec, { seed: 1 }), pictures(shades), { ...usual, ...options }))
    if (event.type === 'step' && event.warnings) found.push(event);
  return found;
}

it('warns of a network that cannot learn any more, after 100 steps and after 200', async () => {
  const tensors = tf.memory().numTensors;
  const found = await warningSteps({});
  expect(found.map(({ epoch, warnings }) => [epoch, warnings])).toEqual([
    [100, [{ kind: 'dead', steps: 100, layer: '1', pictures: 4 }]],
    [200, [{ kind: 'dead', steps: 200, layer: '1', pictures: 4 }]],
  ]);
  const [warning] = found[0]?.warnings ?? [];
  expect(warning && warningText(warning)).toBe(
    'after 100 steps the ReLU 1 is 0 for all of 4 pictures: the layers before it have no gradient, and training longer does not help. Start again with another seed, a warm-up of the learning rate (withWarmup), or a lower rate.',
  );
  // The variables of the model.
  expect(tf.memory().numTensors - tensors).toBe(6);
});

it.each<[string, Tried, number[]]>([
  ['where each 10th step is one of a single picture', { shades: Array(37).fill(9), options: { epochs: 11 } }, [101]],
  ['where a step is made of parts of two pictures', { options: { epochs: 100, accumulate: 2 } }, [100]],
])('finds it %s', async (_what, tried, steps) => {
  const found = await warningSteps(tried);
  expect(found.flatMap(({ warnings = [] }) => warnings.map((warning) => warning.steps))).toEqual(steps);
});

it.each<[string, Tried]>([
  ['that lives', { bias: 0.1 }],
  ['whose outputs hardly differ, since its weights are small', { bias: 0, weight: 1e-5 }],
  ['of which fewer than four pictures are seen at a time', { options: { batchSize: 3 } }],
])('does not warn of one %s', async (_what, tried) => {
  expect(await warningSteps(tried)).toEqual([]);
});

it('changes nothing: a training that goes on right after it ends as one that was not interrupted', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-dead-'));
  const layers = [conv(4, 3), batchNorm(), relu(), dropout(0.5)];
  const built = () => buildModel(specWith(layers, [4, 4, 1]), { seed: 1 });
  const trained = async (epochs: number, options: TrainOptions = {}) => {
    const model = built();
    const usual = { batchSize: 4, epochs, optimizer: sgd({ learningRate: 0.01 }) };
    for await (const _ of train(model, pictures(four), { ...usual, ...options }));
    return modelWeights(model).map(({ variable }) => variable.dataSync());
  };
  const checkpoint = path.join(folder, 'checkpoint.safetensors');
  await trained(100, { checkpoint });
  expect(await trained(104, { resume: checkpoint })).toEqual(await trained(104));
  await rm(folder, { recursive: true });
});
