import * as tf from '@tensorflow/tfjs-core';
import { type Block, expectAllClose, noise, seeded, tensor } from '@zoo/testing/numbers';
import { reading } from '@zoo/testing/reading';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AdamRates, updateWithAdam } from '../adam-update.ts';
import { type MomentumRates, updateWithMomentum } from '../momentum-update.ts';
import { onCpu } from '../testing/on-cpu.ts';
import { machines, startWasm } from '../testing/wasm-threads.ts';
import { address, wasmBackend } from './backend.ts';

/** An update with the variables it changes. */
type Update = (variables: tf.Variable[], gradient: tf.Tensor, step: number) => void;

const byMomentum =
  (rates: Pick<MomentumRates, 'convention' | 'nesterov'>): Update =>
  ([weight, velocity], gradient) =>
    weight &&
    velocity &&
    updateWithMomentum(weight, velocity, gradient, { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, ...rates });

const byAdam =
  (rates: Pick<AdamRates, 'weightDecay' | 'decoupled'>): Update =>
  ([weight, first, second], gradient, step) =>
    weight &&
    first &&
    second &&
    updateWithAdam(weight, first, second, gradient, {
      learningRate: 0.1,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      step,
      ...rates,
    });

const updates: Readonly<Record<string, Update>> = {
  'momentum as Caffe': byMomentum({ convention: 'caffe' }),
  'momentum as PyTorch': byMomentum({ convention: 'pytorch' }),
  'Nesterov as Caffe': byMomentum({ convention: 'caffe', nesterov: true }),
  'Nesterov as PyTorch': byMomentum({ convention: 'pytorch', nesterov: true }),
  AdamW: byAdam({ weightDecay: 0.3, decoupled: true }),
  Adam: byAdam({ weightDecay: 0.01 }),
};

const steps = 3;
const place = (x: tf.Tensor) => address(wasmBackend(tf.backend()), x);

/** Three variables, of which the second and third begin at 0, after some steps. */
function run(update: Update, count: number, each = (_: tf.Variable[]) => {}): tf.Tensor[] {
  const generator = seeded(81, count);
  const blocks: Block[] = Array.from({ length: 1 + steps }, () => noise([1, 1, 1, count], generator));
  const [weight, ...gradients] = blocks.map(tensor);
  if (!weight) throw new Error('a weight expected');
  // In a tidy of its own, so that nobody else holds their memory.
  const variables = tf.tidy(() =>
    [tf.add(weight, 0), tf.zerosLike(weight), tf.zerosLike(weight)].map((x) => tf.variable(x)),
  );
  gradients.forEach((gradient, i) => {
    each(variables);
    update(variables, gradient, i + 1);
  });
  each(variables);
  const results = variables.map((variable) => tf.add(variable, 0));
  tf.dispose(variables);
  return results;
}

describe.each(machines)('updates on $threads threads, $instructions', (machine) => {
  beforeAll(() => startWasm(machine));

  describe.each(Object.entries(updates))('%s', (_, update) => {
    it.each([0, 1, 5, 1000, 50_003])('equals the ops of the cpu backend on %i numbers', async (count) => {
      const expected = await onCpu(() => run(update, count));
      tf.tidy(() => expectAllClose(run(update, count), expected));
    });

    it('is done on the memory of the variables', () => {
      const places: number[][] = [];
      const before = tf.memory();
      tf.dispose(tf.tidy(() => run(update, 1000, (variables) => places.push(variables.slice(0, 2).map(place)))));
      for (const step of places) expect(step).toEqual(places[0]);
      expect(tf.memory()).toEqual(before);
    });

    it('leaves alone what somebody else holds', () => {
      const clones: tf.Tensor[] = [];
      tf.tidy(() => {
        run(update, 1000, (variables) => {
          for (const variable of variables) clones.push(tf.keep(variable.clone()), tf.keep(tf.add(variable, 0)));
        });
      });
      for (let i = 0; i < clones.length; i += 2) expect(clones[i]?.dataSync()).toEqual(clones[i + 1]?.dataSync());
      expect(clones[0]?.dataSync()).not.toEqual(clones[6]?.dataSync());
      tf.dispose(clones);
    });

    it('is the same number by number whenever it is run', () => {
      const numbers = () => reading(() => run(update, 40_001).map((x) => [...x.dataSync()]));
      expect(numbers()).toEqual(numbers());
    });
  });

  it('lets a convolution see the new filter', () => {
    tf.tidy(() => {
      const filter = tf.variable(tf.fill([1, 1, 8, 8], 1));
      const velocity = tf.variable(tf.zerosLike(filter));
      const image = tf.ones<tf.Rank.R4>([1, 2, 2, 8]);
      const sum = () => tf.conv2d(image, tf.reshape(filter, [1, 1, 8, 8]), 1, 'valid').dataSync()[0];
      expect(sum()).toBe(8);
      const rates = { learningRate: 0.5, momentum: 0.9, weightDecay: 0, convention: 'caffe' } as const;
      updateWithMomentum(filter, velocity, tf.onesLike(filter), rates);
      expect(sum()).toBe(4);
      filter.dispose();
      velocity.dispose();
    });
  });
});
