import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { flatten, type Layer } from '@zoo/spec';
import { backends, startBackend } from '@zoo/testing/backends';
import { type Block, expectClose, noise, type Shape, seeded, tensor } from '@zoo/testing/numbers';
import { specWith } from '@zoo/testing/spec-with';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../build-model.ts';
import { modelWeights } from '../model-weights.ts';
import { specOf } from '../spec-of.ts';
import { applyTo } from './apply-to.ts';
import { numericGradient } from './numeric-gradient.ts';
import { saveAndLoad } from './save-and-load.ts';

/** A layer with its reference implementation. */
export interface LayerCase {
  /** As a spec has it. */
  layer: Layer;
  /** Height, width, channels. */
  input: readonly [number, number, number];
  /** Whether the layer sees its input as a vector. Default: false. */
  flattened?: boolean;
  /** Default: false. */
  training?: boolean;
  /** Plain loops in double precision. Weights come in the order of `modelWeights`; those with fewer than four axes as `[1, 1, 1, n]`. */
  reference(x: Block, weights: readonly Block[]): Block;
}

/** The layer under test stands first in its network, but for a flatten, by this name. */
const path = 'it';
const weightsOf = (model: tfl.LayersModel) => modelWeights(model).filter(({ layer }) => layer.path === path);

const asShape = (shape: readonly number[]): Shape => {
  const [a = 1, b = 1, c = 1, d = 1] = [...Array<number>(4 - shape.length).fill(1), ...shape];
  return [a, b, c, d];
};

/** The conformance suite of every layer on every backend: forward, gradients, shape, no leak, save and load. */
export function describeLayer(
  title: string,
  { layer, input, flattened = false, training = false, reference }: LayerCase,
): void {
  // The same on every backend, and expensive.
  const expectedGradients = new Map<number, Block>();
  describe.each(backends)(`${title} on %s`, (backend) => {
    const before = flattened ? [flatten({ call: true })] : [];
    const spec = specWith([...before, { ...layer, name: path }], input);
    const shape = flattened ? [input.reduce((product, size) => product * size, 1)] : input;
    const generator = seeded(31, ...input);
    const x = noise([2, ...input], generator);
    let model: tfl.LayersModel;
    let weights: Block[] = [];

    beforeAll(async () => {
      await startBackend(backend);
      model = buildModel(spec);
      weights = weightsOf(model).map(({ role, variable }) => {
        const block = noise(asShape(variable.shape), generator);
        if (role === 'running_var') block.values.set(block.values.map((value) => Math.fround(value ** 2 + 0.5)));
        tf.tidy(() => variable.assign(tf.reshape(tensor(block), variable.shape)));
        return block;
      });
    });
    afterAll(async () => {
      model.dispose();
      await tf.setBackend('wasm');
    });
    const tensorOf = (block: Block) => tf.tidy(() => tf.reshape(tensor(block), [2, ...shape]));
    const expected = () => reference(x, weights);

    it('computes the same as the reference loops, in the promised shape', () => {
      const y = expected();
      tf.tidy(() => {
        const actual = applyTo(model.getLayer(path), tensorOf(x), training);
        expect(model.getLayer(path).computeOutputShape([null, ...shape])).toEqual([null, ...actual.shape.slice(1)]);
        expectClose(tf.reshape(actual, y.shape), y, { atol: 2e-5 });
      });
    });

    it('has the gradients of the reference loops', () => {
      const learned = weightsOf(model).map(({ trainable }) => trainable);
      const dy = noise(expected().shape, generator);
      const variables = [
        tf.tidy(() => tf.variable(tensorOf(x))),
        ...weightsOf(model).flatMap(({ trainable, variable }) => (trainable ? [variable] : [])),
      ];
      tf.tidy(() => {
        const { grads } = tf.variableGrads(() => {
          const y = applyTo(model.getLayer(path), variables[0] ?? tf.zeros([0]), training);
          return tf.sum(tf.mul(tf.reshape(y, dy.shape), tensor(dy)));
        }, variables);
        const blocks = [x, ...weights];
        const places = blocks.flatMap((_, index) => (index === 0 || learned[index - 1] ? [index] : []));
        for (const [order, place] of places.entries()) {
          const gradient = grads[variables[order]?.name ?? ''];
          if (!gradient) throw new Error(`no gradient of block ${place}`);
          const wanted =
            expectedGradients.get(place) ??
            numericGradient(([first, ...rest]) => reference(first ?? x, rest), blocks, place, dy);
          expectedGradients.set(place, wanted);
          expectClose(tf.reshape(gradient, wanted.shape), wanted, { rtol: 1e-4, atol: 1e-4 });
        }
      });
      variables[0]?.dispose();
    });

    it('leaves no tensor behind', () => {
      const held = tensorOf(x);
      const before = tf.memory().numTensors;
      for (const mode of [false, true]) applyTo(model.getLayer(path), held, mode).dispose();
      expect(tf.memory().numTensors).toBe(before);
      held.dispose();
    });

    it('is the same after saving and loading', async () => {
      const loaded = await saveAndLoad(model);
      expect(specOf(loaded)).toEqual(spec);
      expect(modelWeights(loaded).map(({ name }) => name)).toEqual(modelWeights(model).map(({ name }) => name));
      const outputs: number[][] = [];
      for (const one of [model, loaded]) {
        const y = tf.tidy(() => one.predict(tensor(x)));
        if (y instanceof tf.Tensor) outputs.push([...(await y.data())]);
        tf.dispose(y);
      }
      expect(outputs[0]).toHaveLength(4);
      expect(outputs[1]).toEqual(outputs[0]);
      loaded.dispose();
    });
  });
}
