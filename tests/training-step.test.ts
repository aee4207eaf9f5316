import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import { modelWeights } from '@zoo/layers';
import { type Dataset, inMemory } from '@zoo/loaders';
import { backends, startBackend } from '@zoo/testing/backends';
import { ofKind } from '@zoo/testing/complete';
import { sgd, train } from '@zoo/trainers';
import { describe, expect, it } from 'vitest';
import { crossEntropy } from '../packages/trainers/src/cross-entropy.ts';
import { hasLayersOfItsOwn, minSide, presetNames, smallModel, specNamed } from './small-models.ts';

const classes = ['a', 'b', 'c', 'd'];

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
async function losses(name: string, backend: string): Promise<number[]> {
  await startBackend(backend);
  const spec = specNamed(name);
  const size = minSide(spec);
  const channels = spec.input[2];
  const model = smallModel(name, { dropout: 0 });
  // Large pixels, or logits that are squared distances, give large gradients.
  const large = spec.preprocessing.range === 255 || name === 'lenet/lenet-5';
  const learningRate = large ? 0.001 : 0.01;
  const found: number[] = [];
  for await (const event of train(model, stripes(size, channels), {
    epochs: 4,
    batchSize: 2,
    optimizer: sgd({ learningRate }),
    schedule: { kind: 'constant' },
    augment: [],
  }))
    if (event.type === 'step') found.push(event.loss);
  tf.disposeVariables();
  return found;
}

/** Gradients of every weight for two noisy pictures, dropout included, by the weights' names. */
async function gradients(name: string, backend: string): Promise<Map<string, Float32Array>> {
  await startBackend(backend);
  const spec = specNamed(name);
  const [size, channels] = [minSide(spec), spec.input[2]];
  const model = smallModel(name);
  const learned = modelWeights(model).filter(({ trainable }) => trainable);
  const generator = random(2);
  const pixels = Float32Array.from({ length: 2 * size * size * channels }, () => generator.normal());
  const grads = tf.tidy(() => {
    const images = tf.tensor4d(pixels, [2, size, size, channels]);
    const loss = () => {
      const logits = model.apply(images, { training: true });
      if (!(logits instanceof tf.Tensor)) throw new Error('one tensor expected');
      return crossEntropy(logits, tf.div(tf.oneHot([1, 3], classes.length), 2));
    };
    return tf.variableGrads(
      loss,
      learned.map(({ variable }) => variable),
    ).grads;
  });
  const found = new Map<string, Float32Array>();
  for (const { name: weight, variable } of learned) {
    const gradient = grads[variable.name];
    if (!gradient) throw new Error(`${weight} has no gradient`);
    found.set(weight, Float32Array.from(await gradient.data()));
  }
  tf.dispose(grads);
  tf.disposeVariables();
  return found;
}

const largestAbsolute = (values: Iterable<number>): number => {
  let most = 0;
  // A NaN is larger than everything.
  for (const value of values) if (!(Math.abs(value) <= most)) most = Math.abs(value);
  return most;
};

/** A batch norm takes away what a bias before it adds: that gradient is rounding alone, and measured against the filter's. */
const scaleOf = (weight: string, gradient: ReadonlyMap<string, Float32Array>): number =>
  largestAbsolute(gradient.get(/^layer\d\.0\.bias$/.test(weight) ? weight.replace('bias', 'weight') : weight) ?? []);

const ofItsFamily = (name: string) => /xavier|cifar10-full|lenet-5/.test(name);

describe('at small width', () => {
  it.each(ofKind(presetNames, hasLayersOfItsOwn))('%s has the same gradients on every backend', async (name) => {
    const cpu = await gradients(name, 'cpu');
    for (const weight of cpu.keys()) expect(scaleOf(weight, cpu), weight).toBeGreaterThan(0);
    for (const backend of backends.filter((one) => one !== 'cpu')) {
      const found = await gradients(name, backend);
      expect([...found.keys()]).toEqual([...cpu.keys()]);
      for (const [weight, expected] of cpu) {
        const differences = expected.map((value, i) => (found.get(weight)?.[i] ?? Number.NaN) - value);
        expect(largestAbsolute(differences) / scaleOf(weight, cpu), `${weight} on ${backend}`).toBeLessThan(1e-4);
      }
    }
  });

  it.each(ofKind(presetNames, ofItsFamily))(
    '%s trains with a falling loss, the same on every backend',
    async (name) => {
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
    },
  );
});
