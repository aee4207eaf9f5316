import * as tf from '@tensorflow/tfjs-core';
import { type AlexNetPreset, alexnet, presets } from '@zoo/alexnet';
import { random } from '@zoo/core';
import { type Dataset, inMemory } from '@zoo/loaders';
import { sgd, train } from '@zoo/trainers';
import { describe, expect, it } from 'vitest';
import { backends, startBackend } from '../packages/kernels/src/testing/backends.ts';

const names = Object.keys(presets).filter((name): name is AlexNetPreset => Object.hasOwn(presets, name));

const classes = ['a', 'b', 'c', 'd'];

/** The smallest inputs on which every layer still has work. */
const side = (name: AlexNetPreset): number => (name.startsWith('cifar10') ? 32 : 104);

/** Stripes of another width for each class. */
function stripes(size: number, channels: number): Dataset {
  const generator = random(1);
  const labels = Uint8Array.of(0, 2);
  const pixels = Uint8Array.from({ length: labels.length * size * size * channels }, (_, i) => {
    const label = Math.floor(i / (size * size * channels));
    const x = Math.floor(i / channels) % size;
    return (Math.floor(x / (2 + 3 * label)) % 2 ? 200 : 20) + generator.integer(30);
  });
  return inMemory({ name: 'stripes', classes, pixels, labels, height: size, width: size, channels });
}

/** Loss of each of a few steps on the same two pictures. Dropout is left out: it makes losses of single steps rise and fall. */
async function losses(name: AlexNetPreset, backend: string): Promise<number[]> {
  await startBackend(backend);
  const size = side(name);
  const channels = presets[name].input[2];
  const model = alexnet(name, { width: 1 / 32, dropout: 0, classes: classes.length, inputSize: size, seed: 1 });
  const learningRate = presets[name].preprocessing.range === 255 ? 0.001 : 0.01;
  const found: number[] = [];
  for await (const event of train(model, stripes(size, channels), {
    epochs: 4,
    batchSize: 2,
    optimizer: sgd({ learningRate }),
    schedule: { kind: 'constant' },
    augment: { flip: false, cropPadding: 0, pcaColour: false },
  }))
    if (event.type === 'step') found.push(event.loss);
  tf.disposeVariables();
  return found;
}

describe('at small width', () => {
  it.each(names)('%s trains with a falling loss, the same on every backend', async (name) => {
    const cpu = await losses(name, 'cpu');
    expect(cpu).toHaveLength(4);
    expect(cpu.at(-1)).toBeLessThan(cpu[0] ?? 0);
    for (const backend of backends.filter((one) => one !== 'cpu')) {
      const found = await losses(name, backend);
      expect(found.at(-1)).toBeLessThan(found[0] ?? 0);
      for (const [step, loss] of cpu.entries())
        expect(Math.abs((found[step] ?? Number.NaN) - loss) / loss, `step ${step + 1} on ${backend}`).toBeLessThan(
          1e-4,
        );
    }
  });
});
