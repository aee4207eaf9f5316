import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { smallSpecs } from '@zoo/testing/small-spec';
import { tensorFile } from '@zoo/testing/tensor-file';
import { beforeAll, describe, expect, it } from 'vitest';
import { inferSpecs } from '../infer-spec.ts';
import { type FillOptions, fillModel } from '../load-weights.ts';
import { laidOutWeights } from '../model-tensors.ts';

beforeAll(() => tf.setBackend('cpu'));

const model = () => buildModel(smallSpecs.norm, { seed: 1 });

/** A file of the network without some of its weights. */
const without = (names: RegExp) =>
  tensorFile(
    laidOutWeights(model()).flatMap(({ name, shape }) =>
      names.test(name) ? [] : [{ name, shape, data: () => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(2) }],
    ),
  );

async function load(names: RegExp, options: FillOptions = {}) {
  const filled = model();
  const report = await fillModel(filled, without(names), options);
  const values = (wanted: string) => [
    ...(laidOutWeights(filled)
      .find(({ name }) => name === wanted)
      ?.variable.dataSync() ?? []),
  ];
  return { report, values };
}

describe('weights that batch normalisation makes needless', () => {
  it.each([[{}], [{ strict: false }]])('are 0 for the convolution in front of it (%j)', async (options) => {
    const { report, values } = await load(/^features\.0\.bias$/, options);
    expect(values('features.0.bias')).toEqual([0, 0, 0, 0]);
    expect(report.missing).toEqual([]);
    expect(report.mapping.find(({ name }) => name === 'features.0.bias')?.steps).toEqual(['left out']);
  });

  it('are 1 and 0 for its own', async () => {
    const { values } = await load(/^features\.norm\.(?:weight|bias)$/);
    expect(values('features.norm.weight')).toEqual([1, 1, 1, 1]);
    expect(values('features.norm.bias')).toEqual([0, 0, 0, 0]);
  });

  it('are 0 also where a part of the file is taken', async () => {
    const { report, values } = await load(/^features\.0\.bias$|^classifier/, { strict: false });
    expect(values('features.0.bias')).toEqual([0, 0, 0, 0]);
    expect(report.missing).not.toContain('features.0.bias');
    expect(report.missing).toContain('classifier.0.bias');
  });

  it('are not looked for by the inference of a network', () => {
    const families = [{ name: 'test', presets: { norm: smallSpecs.norm } }];
    expect(inferSpecs(without(/^features\.0\.bias$/), families).map(({ rule }) => rule)).toEqual(['spec']);
  });

  it('are no others: a bias without normalisation behind it, one of two factors, statistics', async () => {
    await expect(load(/^features\.3\.bias$/)).rejects.toThrow(/has no tensor features\.3\.bias/);
    await expect(load(/^features\.norm\.weight$/)).rejects.toThrow(/has no tensor features\.norm\.weight/);
    await expect(load(/^features\.norm\.running/)).rejects.toThrow(/has no tensor features\.norm\.running_mean/);
  });
});
