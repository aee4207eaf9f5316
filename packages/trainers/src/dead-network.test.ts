import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import { conv, relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { beforeAll, expect, it } from 'vitest';
import { type StepEvent, sgd, train, warningText } from './index.ts';

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

/** The steps of a training that warn. */
async function warningSteps(bias: number, shades: readonly number[], batchSize = 4): Promise<StepEvent[]> {
  const spec = specWith([conv(3, 3), relu()], [4, 4, 1], { init: { weight: { normal: 0.1 }, bias } });
  const found: StepEvent[] = [];
  const options = { epochs: 210, batchSize, optimizer: sgd({ learningRate: 1e-4 }) };
  for await (const event of train(buildModel(spec, { seed: 1 }), pictures(shades), options))
    if (event.type === 'step' && event.warnings) found.push(event);
  return found;
}

it('warns of a network that cannot learn any more, after 100 steps and after 200', async () => {
  const found = await warningSteps(-100, [10, 80, 160, 240]);
  expect(found.map(({ epoch, warnings }) => [epoch, warnings])).toEqual([
    [100, [{ kind: 'dead', steps: 100 }]],
    [200, [{ kind: 'dead', steps: 200 }]],
  ]);
  const [warning] = found[0]?.warnings ?? [];
  expect(warning && warningText(warning)).toBe(
    'after 100 steps the network gives the same answer for every picture: the ReLUs of a layer are all 0, so that the layers before it have no gradient, and training longer does not help. Start again with another seed, a warm-up of the learning rate (withWarmup), or a lower rate.',
  );
});

it.each([
  ['that lives', 0.1, [10, 80, 160, 240], 4],
  ['whose pictures are all the same', -100, [80, 80, 80, 80], 4],
  ['of which too few pictures are seen', -100, [10, 80, 160, 240], 2],
] as const)('does not warn of one %s', async (_what, bias, shades, batchSize) => {
  expect(await warningSteps(bias, shades, batchSize)).toEqual([]);
});
