import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { summary, torchRepr } from '@zoo/inspect';
import { modelWeights, specOf } from '@zoo/layers';
import { configure, inferShapes, type SpecOptions } from '@zoo/spec';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type __Name__Preset, __name__, presets } from './index.ts';

/** What PyTorch says, see `fixtures/generate.py`. */
interface Golden {
  parameters: number;
  tensors: Record<string, number[]>;
  print: string;
  torchinfo: string;
  /** The network that is compared by numbers. */
  options: SpecOptions;
  scale: number;
  logits: number[];
  loss: number;
  /** The largest error of a gradient that PyTorch makes in float32, beside the tensor's largest number. */
  float32Error: number;
  gradients: Record<string, { largest: number; sum: number; first: number[] }>;
}

const names = Object.keys(presets).filter((name): name is __Name__Preset => Object.hasOwn(presets, name));
const goldenOf = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));

/** The weights and pixels of `fixtures/generate.py`. */
const noise = (count: number, place: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => ((i * 7919 + place * 104_729) % 65_537) / 32_768 - 1);

const size = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

function fill(model: tfl.LayersModel): void {
  const learned = modelWeights(model).filter(({ trainable }) => trainable);
  for (const [index, { shape, variable }] of learned.entries()) {
    const fan = shape.length > 1 ? size(shape.slice(1)) : 4;
    const values = Float32Array.from(noise(size(shape), index), (value) => value * Math.sqrt(3 / fan));
    tf.tidy(() => {
      const tensor = tf.tensor(values, [...shape]);
      variable.assign(shape.length === 4 ? tf.transpose(tensor, [2, 3, 1, 0]) : tensor);
    });
  }
}

/** Within a share (1e-5 unless told) of the largest number. NaN is never close. */
function expectClose(
  what: string,
  actual: ArrayLike<number>,
  expected: readonly number[],
  { largest = 0, tolerance = 1e-5 } = {},
): void {
  expect(actual.length, what).toBe(expected.length);
  const scale = Math.max(largest, ...expected.map(Math.abs));
  for (const [i, value] of expected.entries())
    expect(Math.abs((actual[i] ?? Number.NaN) - value) / scale, `${what}, element ${i}`).toBeLessThan(tolerance);
}

const logitsOf = (model: tfl.LayersModel, x: tf.Tensor): tf.Tensor2D => {
  const logits = model.apply(x);
  if (logits instanceof tf.Tensor) return tf.reshape(logits, [x.shape[0] ?? 0, -1]);
  throw new Error('one tensor expected');
};

/** `[batch, channels, height, width]` there, `[batch, height, width, channels]` here. */
function pixels([height, width, channels]: readonly [number, number, number], scale: number): tf.Tensor4D {
  const values = Float32Array.from(noise(2 * height * width * channels, 99), (value) => value * scale);
  return tf.transpose(tf.tensor4d(values, [2, channels, height, width]), [0, 2, 3, 1]);
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterEach(() => tf.disposeVariables());

describe.each(names)('%s', (name) => {
  const golden = goldenOf(name);

  it("has the original's tensors and parameters", () => {
    const { layers, parameters } = inferShapes(presets[name]);
    expect(parameters).toBe(golden.parameters);
    const tensors = layers.flatMap(({ weights }) => weights.map((weight) => [weight.name, weight.shape]));
    expect(Object.fromEntries(tensors)).toEqual(golden.tensors);
  });

  it("prints as PyTorch prints the original, and has torchinfo's table", () => {
    expect(torchRepr(presets[name])).toBe(golden.print);
    expect(summary(presets[name])).toBe(golden.torchinfo);
  });

  it("gives the original's logits, loss and gradients for the same weights", () => {
    const model = __name__(name, golden.options);
    fill(model);
    const learned = modelWeights(model).filter(({ trainable }) => trainable);
    const tolerance = Math.max(1e-5, 4 * golden.float32Error);
    tf.tidy(() => {
      const { input, classes } = configure(presets[name], golden.options);
      const x = pixels(input, golden.scale);
      expectClose('logits', logitsOf(model, x).dataSync(), golden.logits);
      const oneHot = tf.oneHot(tf.tensor1d([1, classes - 1], 'int32'), classes);
      const { value, grads } = tf.variableGrads(
        () => tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(oneHot, tf.logSoftmax(logitsOf(model, x))), 1))),
        learned.map(({ variable }) => variable),
      );
      expectClose('loss', value.dataSync(), [golden.loss]);
      expect(learned.map((weight) => weight.name)).toEqual(Object.keys(golden.gradients));
      for (const { name: weight, variable } of learned) {
        const gradient = grads[variable.name];
        const { largest, sum, first } = golden.gradients[weight] ?? { largest: 0, sum: Number.NaN, first: [] };
        if (!gradient) throw new Error(`${weight} has no gradient`);
        const values = Float32Array.from(
          (gradient.rank === 4 ? tf.transpose(gradient, [3, 2, 0, 1]) : gradient).dataSync(),
        );
        const total = values.reduce((result, one) => result + Math.abs(one), 0);
        expectClose(`gradient of ${weight}`, values.slice(0, first.length), first, { largest, tolerance });
        expectClose(`sum of magnitudes of ${weight}`, [total], [sum], { tolerance });
      }
    });
  });

  it('is the same after saving and loading, seed and all', async () => {
    const model = __name__(name, { ...golden.options, seed: 3 });
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await tfl.loadLayersModel(tf.io.fromMemory(saved ?? {}));
    const again = __name__(name, { ...golden.options, seed: 3 });
    expect(specOf(loaded)).toEqual(configure(presets[name], golden.options));
    tf.tidy(() => {
      const x = pixels(specOf(model).input, golden.scale);
      const [first, ...rest] = [model, loaded, again].map((one) => [...logitsOf(one, x).dataSync()]);
      for (const one of rest) expect(one).toEqual(first);
    });
  });

  it('says which option is out of range', () => {
    expect(() => __name__(name, { classes: 0 })).toThrow('classes: must be a whole number from 1 to 65536, not 0.');
    expect(() => __name__(name, { inputSize: 1 })).toThrow(/: layer \d+ \(/);
  });
});
