import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type AlexNetPreset, alexnet, presets } from '@zoo/alexnet';
import { parseInteger, parseNumber, parseObject } from '@zoo/core';
import { modelWeights } from '@zoo/layers';
import { laidOutWeights, loadWeights, openTensors, type TensorFile, toTorch } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';

// Forward and backward passes of the PyTorch originals: see packages/alexnet/fixtures/README.md.
const fixture = (name: string) => fileURLToPath(new URL(`../../packages/alexnet/fixtures/${name}`, import.meta.url));
const index: unknown = JSON.parse(readFileSync(fixture('index.json'), 'utf8'));
const parseEntry = parseObject<{ width: number; inputSize: number; classes: number; scale: number }>({
  width: parseNumber(0, 1),
  inputSize: parseInteger(1),
  classes: parseInteger(1),
  scale: parseNumber(0, 1),
});
const entry = (preset: string) =>
  parseEntry(Object.entries(index ?? {}).find(([name]) => name === preset)?.[1], preset);
const names = Object.keys(presets).filter((name): name is AlexNetPreset => Object.hasOwn(presets, name));

const read = async (file: TensorFile, name: string): Promise<Float32Array> => {
  const tensor = file.tensors.get(name);
  if (!tensor) throw new Error(`${file.name} has no ${name}`);
  return tensor.read();
};

interface Golden {
  model: tfl.LayersModel;
  golden: TensorFile;
  input: tf.Tensor4D;
  labels: Float32Array;
}

/** Weights, pixels and labels of a preset; PyTorch's NCHW pixels become NHWC. */
async function load(preset: AlexNetPreset): Promise<Golden> {
  const { width, inputSize, classes, scale } = entry(preset);
  const model = alexnet(preset, { width, inputSize, classes, dropout: 0 });
  await loadWeights(model, fixture(`${preset}.weights.safetensors`));
  const golden = await openTensors(fixture(`${preset}.golden.safetensors`));
  const pixels = await read(golden, 'input');
  const channels = presets[preset].input[2];
  const input = tf.tidy(() => {
    const nchw = tf.tensor4d(pixels, [2, channels, inputSize, inputSize]);
    return tf.mul<tf.Tensor4D>(tf.sub(tf.transpose(nchw, [0, 2, 3, 1]), 128), scale);
  });
  return { model, golden, input, labels: await read(golden, 'labels') };
}

const logitsOf = (model: tfl.LayersModel, input: tf.Tensor, training: boolean): tf.Tensor2D => {
  const logits = model.apply(input, { training });
  if (!(logits instanceof tf.Tensor)) throw new Error('one tensor expected');
  return tf.reshape(logits, [2, -1]);
};

/** The loss, and its gradients in PyTorch's layout. */
function gradients(model: tfl.LayersModel, input: tf.Tensor4D, labels: Float32Array, training: boolean) {
  const weights = laidOutWeights(model).filter(({ trainable }) => trainable);
  const { grads, value } = tf.variableGrads(
    () => {
      const logits = logitsOf(model, input, training);
      const oneHot = tf.oneHot(tf.tensor1d(labels, 'int32'), logits.shape[1]);
      return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(oneHot, tf.logSoftmax(logits)), 1)));
    },
    weights.map(({ variable }) => variable),
  );
  const byName = new Map(
    weights.map(({ name, variable, layout }) => {
      const gradient = Float32Array.from(grads[variable.name]?.dataSync() ?? []);
      return [name, layout ? toTorch(gradient, layout) : gradient];
    }),
  );
  return { loss: value, byName };
}

describe.each(['cpu', 'wasm'])('the originals on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(() => tf.disposeVariables());

  it.each(names)('%s gives the logits, the loss and the gradients of PyTorch', async (preset) => {
    const { model, golden, input, labels } = await load(preset);
    const logits = logitsOf(model, input, false);
    expectClose(`${preset} logits`, logits.dataSync(), await read(golden, 'logits'));
    // Evaluation mode: batch normalisation by running statistics, as the goldens have it.
    const { loss, byName } = gradients(model, input, labels, false);
    expectClose(`${preset} loss`, loss.dataSync(), await read(golden, 'loss'));
    const recorded = [...golden.tensors.keys()].filter((name) => name.startsWith('gradient.'));
    expect(recorded.length).toBeGreaterThan(3);
    for (const name of recorded) {
      const gradient = byName.get(name.replace('gradient.', ''));
      expectClose(`${preset} ${name}`, gradient ?? [], await read(golden, name), 2e-5);
    }
    await golden.close();
    model.dispose();
  });

  it('batchnorm trains as PyTorch does, running statistics included', async () => {
    const { model, golden, input, labels } = await load('batchnorm');
    const after = await openTensors(fixture('batchnorm.training.safetensors'));
    const { loss, byName } = gradients(model, input, labels, true);
    expectClose('loss', loss.dataSync(), await read(after, 'loss'));
    const statistics = new Map(modelWeights(model).map(({ name, variable }) => [name, variable]));
    for (const name of after.tensors.keys()) {
      const [kind, ...rest] = name.split('.');
      const path = rest.join('.');
      if (kind === 'after') expectClose(name, statistics.get(path)?.dataSync() ?? [], await read(after, name));
      if (kind === 'gradient' && !isBiasBeforeBatchNorm(path))
        expectClose(name, byName.get(path) ?? [], await read(after, name), 1e-4);
    }
    await golden.close();
    await after.close();
    model.dispose();
  });
});

/** Batch normalisation takes any bias before it out again: its gradient is 0 up to rounding, and relative errors mean nothing. */
const isBiasBeforeBatchNorm = (name: string) => /^layer\d\.0\.bias$/.test(name);
