import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { openTensors } from '@zoo/tensor-files';
import { smallSpecs } from '@zoo/testing/small-spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { fillModel } from '../load-weights.ts';
import { specAsStated } from './spec-as-stated.ts';

beforeAll(() => tf.setBackend('cpu'));

const { plain } = smallSpecs;
const open = () => openTensors(new URL('../../fixtures/normalised.pth', import.meta.url));

describe('mean and std among the tensors of a file', () => {
  it('become those of the pictures', async () => {
    const file = await open();
    expect(specAsStated(plain, file).preprocessing).toMatchObject({
      range: 255,
      mean: [127.5, 63.75, 31.875],
      std: [127.5, 63.75, 63.75],
    });
    await file.close();
  });

  it('are refused where the model has others, and taken where it has the same in another range', async () => {
    const file = await open();
    const load = (mean: readonly number[], options = {}) =>
      fillModel(
        buildModel({ ...plain, preprocessing: { ...plain.preprocessing, range: 1, mean, std: [0.5, 0.25, 0.25] } }),
        file,
        options,
      );
    await expect(load([0.5, 0.5, 0.5])).rejects.toThrow(
      /normalised\.pth: normalises its pictures by mean and std \[0\.5,0\.25,0\.125\] and \[0\.5,0\.25,0\.25\] of pixels from 0 to 1, but test\/plain by \[0\.5,0\.5,0\.5\]/,
    );
    expect((await load([0.5, 0.5, 0.5], { computation: 'ignore' })).loaded).toHaveLength(8);
    expect((await load([0.5, 0.25, 0.125])).notes).toHaveLength(1);
    await file.close();
  });
});

describe('what says how a network computes', () => {
  it.each([
    ['statistics of pictures', 'normalised.pth'],
    ['what Keras adapted to', 'normalised.keras'],
    ['what Keras adapted to', 'normalised.h5'],
    ['shapes', 'dynamic.onnx'],
    ['shapes', 'bias-add.onnx'],
  ])('is used: %s in %s', async (_, name) => {
    const file = await openTensors(new URL(`../../fixtures/${name}`, import.meta.url));
    expect((await fillModel(buildModel(specAsStated(plain, file)), file)).unused).toEqual([]);
    await file.close();
  });
});
