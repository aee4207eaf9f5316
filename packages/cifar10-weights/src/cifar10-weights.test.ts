import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { presetSpec } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { datasetClasses, datasetFiles } from '@zoo/loaders';
import { loadModel, openTensors, readMetadata } from '@zoo/weights';
import { describe, expect, it } from 'vitest';
import { cifar10Weights } from './index.ts';

it('lists every file of weights, each with its card', async () => {
  const files = await readdir(new URL('../weights/', import.meta.url));
  const names = Object.keys(cifar10Weights);
  expect(files.sort()).toEqual(names.flatMap((name) => [`${name}.json`, `${name}.safetensors`]).sort());
});

describe.each(Object.entries(cifar10Weights))('%s', (name, weights) => {
  const { card, read, labels } = weights;

  it('is the file of its card', async () => {
    const bytes = await read();
    expect(bytes.length).toBe(card.file.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(card.file.sha256);
  });

  it('says the same in its card and in its file', async () => {
    const file = await openTensors(new File([await read()], name));
    const { spec, labels: own } = readMetadata(file);
    expect(`${spec.family}/${spec.preset}`).toBe(card.preset);
    expect(spec.preprocessing).toEqual(weights.preprocessing);
    expect(own).toEqual(labels);
    await file.close();
  });

  it('was trained on the data set that the loaders know', () => {
    expect(labels).toEqual(datasetClasses[card.data.name]);
    expect(card.data.files).toEqual(datasetFiles[card.data.name]?.map(({ name, sha256 }) => ({ name, sha256 })));
  });

  it('reaches more than the least of the published figures, in its card', () => {
    expect(card.accuracy.top1).toBeGreaterThanOrEqual(0.75);
    expect(card.accuracy.top5).toBeGreaterThan(card.accuracy.top1);
  });

  it('becomes a model', async () => {
    await useBackend('cpu');
    const { model, labels: own } = await loadModel(await read());
    const { input } = presetSpec('cifar10-quick');
    const logits = model.predict(tf.zeros([1, ...input]));
    expect(logits instanceof tf.Tensor && logits.shape).toEqual([1, own.length]);
    model.dispose();
  });
});
