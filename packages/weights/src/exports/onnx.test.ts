import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { presets as alexnets } from '@zoo/alexnet';
import { random } from '@zoo/core';
import { buildModel, modelWeights } from '@zoo/layers';
import { presets as lenets } from '@zoo/lenet';
import {
  adaptiveAvgPool,
  avgPool,
  batchNorm,
  configure,
  conv,
  dense,
  flatten,
  lrn,
  type ModelSpec,
  maxPool,
  rbf,
  relu,
  subsample,
  tanh,
} from '@zoo/spec';
import { openTensors } from '@zoo/tensor-files';
import { tinySpec } from '@zoo/testing/tiny-spec';
import { presets as zfnets } from '@zoo/zfnet';
import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { onnxBytes } from './onnx-bytes.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
  ort.env.wasm.numThreads = 1;
});

async function bytesOf(model: tfl.LayersModel): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of onnxBytes(model, { labels: ['a'] })) pieces.push(piece.slice());
  return new Uint8Array(Buffer.concat(pieces));
}

/** A model of which no two weights are alike, statistics included. */
function modelOf(spec: ModelSpec): tfl.LayersModel {
  const model = buildModel(spec, { seed: 3 });
  const { uniform } = random(5);
  for (const { role, variable } of modelWeights(model)) {
    if (role === 'weight' && variable.rank > 1) {
      const fan = variable.size / (variable.shape.at(-1) ?? 1);
      variable.assign(
        tf.tensor(
          Float32Array.from({ length: variable.size }, () => (uniform() - 0.4) * (3 / fan) ** 0.5),
          variable.shape,
        ),
      );
    } else
      variable.assign(
        tf.tensor(
          Float32Array.from({ length: variable.size }, () => 0.5 + uniform()),
          variable.shape,
        ),
      );
  }
  return model;
}

/** The largest difference between our logits and onnxruntime's, as a share of the largest logit. */
async function difference(spec: ModelSpec): Promise<number> {
  const model = modelOf(spec);
  const session = await ort.InferenceSession.create(await bytesOf(model));
  const [height, width, channels] = spec.input;
  const { normal } = random(9);
  const pixels = Float32Array.from({ length: 2 * height * width * channels }, normal);
  const input = new ort.Tensor('float32', pixels, [2, channels, height, width]);
  const { logits } = await session.run({ input });
  const ours = tf.tidy(() => {
    const nhwc = tf.transpose(tf.tensor4d(pixels, [2, channels, height, width]), [0, 2, 3, 1]);
    const output = model.predict(nhwc);
    if (Array.isArray(output)) throw new Error('one output expected');
    return Float32Array.from(output.dataSync());
  });
  await session.release();
  model.dispose();
  const theirs = logits?.data;
  if (!(theirs instanceof Float32Array)) throw new Error('floats expected');
  expect(theirs).toHaveLength(ours.length);
  const largest = ours.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(1e-3);
  return (
    ours.reduce((most, value, index) => Math.max(most, Math.abs(value - (theirs[index] ?? Number.NaN))), 0) / largest
  );
}

const network = (...layers: ModelSpec['layers']): ModelSpec => ({
  ...tinySpec,
  input: [9, 11, 2],
  layers: [...layers, flatten({ call: true, name: 'vector' }), dense('classes', { name: 'head' })],
});

/** Small enough for a moment's work, where a preset can be smaller. */
const smaller = ({ input: [side] }: ModelSpec) => (side <= 32 ? {} : { width: 0.05, classes: 7 });

describe('an ONNX file', () => {
  it.each(Object.entries({ ...alexnets, ...zfnets, ...lenets }))(
    'gives the logits of %s in onnxruntime',
    async (_, spec) => {
      expect(await difference(configure(spec, smaller(spec)))).toBeLessThan(1e-4);
    },
    120_000,
  );

  it.each<[string, ModelSpec]>([
    ['pools that round up', network(conv(4, 3), maxPool(2, 3, { ceil: true }), avgPool(2, 1, { ceil: true }))],
    ['averages over padding and beyond', network(avgPool(3, 2, { padding: 1, ceil: true }))],
    ['averages over padding', network(avgPool(3, 3, { padding: 1 }))],
    ['averages beyond the edge', network(avgPool(3, 2, { ceil: true }))],
    ['maxima over padding', network(maxPool(3, 2, { padding: 1, ceil: true }))],
    ['windows of unequal size', network(adaptiveAvgPool(4))],
    ['one window', network(adaptiveAvgPool(1))],
    [
      'a scaled hyperbolic tangent',
      network(conv(4, 3), tanh({ amplitude: 1.7159, gain: 2 / 3 }), tanh({ name: 'plain' })),
    ],
    ['trainable subsampling', network(conv(4, 4, { padding: 1 }), subsample(2, { name: 's2' }))],
    [
      'a table of connections',
      network(conv(5, 3, { stride: 2, padding: 1, connections: [[0], [1], [0, 1], [1], [0]] }), relu()),
    ],
    [
      'radial basis functions',
      {
        ...network(),
        classes: 3,
        layers: [
          flatten({ call: true }),
          dense(2, { name: 'vector' }),
          rbf(
            [
              [1, -1],
              [-1, 1],
              [1, 1],
              [-1, -1],
            ],
            { name: 'output' },
          ),
        ],
      },
    ],
    ['statistics', network(conv(4, 3), batchNorm({ epsilon: 0.01 }), relu())],
    [
      'sums of squares across channels',
      network(conv(6, 3), lrn({ size: 3, alpha: 0.5, beta: 0.6, k: 2, convention: 'tensorflow' })),
    ],
    [
      'sums of squares within a channel',
      network(lrn({ size: 3, alpha: 0.5, beta: 0.6, k: 2, convention: 'tensorflow', region: 'within-channel' })),
    ],
  ])('computes %s as we do', async (_, spec) => {
    expect(await difference(spec)).toBeLessThan(1e-5);
  });

  it('is read back: weights bit for bit, spec and labels', async () => {
    const spec = network(conv(4, 3), batchNorm());
    const model = modelOf(spec);
    const file = await openTensors(await bytesOf(model));
    expect(file.format).toBe('onnx');
    expect(file.metadata['zoo.labels']).toBe('["a"]');
    expect(JSON.parse(file.metadata['zoo.spec'] ?? '')).toEqual(spec);
    const bias = modelWeights(model).find(({ name }) => name === '0.bias');
    expect(await file.tensors.get('0.bias')?.read()).toEqual(bias?.variable.dataSync());
    expect(file.tensors.get('head.weight')?.shape).toEqual([3, 252]);
  });
});
