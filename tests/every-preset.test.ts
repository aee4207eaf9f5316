import '@tensorflow/tfjs-backend-cpu';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { buildModel } from '@zoo/layers';
import { ofKind } from '@zoo/testing/complete';
import { describe, expect, it } from 'vitest';
import { hasLayersOfItsOwn, presetNames, specNamed } from './small-models.ts';

describe('at full width, on wasm', () => {
  it.each(ofKind(presetNames, hasLayersOfItsOwn))('%s gives logits of the right shape', async (name) => {
    await tf.setBackend('wasm');
    const spec = specNamed(name);
    const model = buildModel(spec);
    const [height, width, channels] = spec.input;
    const logits = model.predict(tf.zeros([2, height, width, channels]));
    if (!(logits instanceof tf.Tensor)) throw new Error('one tensor expected');
    expect(logits.shape).toEqual([2, spec.classes]);
    const values = await logits.data();
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
    expect(model.countParams() - statistics(model)).toBe(parameters[name]);
    tf.disposeVariables();
    tf.dispose(logits);
  });
});

/** As published, or as the originals count them in PyTorch. */
const parameters: Readonly<Record<string, number>> = {
  'alexnet/paper': 60_965_224,
  'alexnet/caffenet': 60_965_224,
  'alexnet/torchvision': 61_100_840,
  'alexnet/one-tower': 61_100_840,
  'alexnet/single-tower': 58_299_082,
  'alexnet/half-tower': 40_702_632,
  'alexnet/batchnorm': 46_762_051,
  'alexnet/xavier': 58_322_314,
  'alexnet/cifar10-quick': 145_578,
  'alexnet/cifar10-full': 89_578,
  'zfnet/zfnet': 62_357_608,
  'lenet/lenet-5': 60_000,
  'lenet/modern': 61_706,
};

/** Numbers that a model keeps, but does not learn. */
const statistics = (model: tfl.LayersModel): number =>
  model.nonTrainableWeights.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
