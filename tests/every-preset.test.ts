import '@tensorflow/tfjs-backend-cpu';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { type AlexNetPreset, alexnet, presets } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';

const names = Object.keys(presets).filter((name): name is AlexNetPreset => Object.hasOwn(presets, name));

describe('at full width, on wasm', () => {
  it.each(names)('%s gives logits of the right shape', async (name) => {
    await tf.setBackend('wasm');
    const model = alexnet(name);
    const [height, width, channels] = presets[name].input;
    const logits = model.predict(tf.zeros([2, height, width, channels]));
    if (!(logits instanceof tf.Tensor)) throw new Error('one tensor expected');
    expect(logits.shape).toEqual([2, presets[name].classes]);
    const values = await logits.data();
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
    expect(model.countParams() - statistics(model)).toBe(parameters[name]);
    tf.disposeVariables();
    tf.dispose(logits);
  });
});

/** As published, or as the originals count them in PyTorch. */
const parameters: Record<AlexNetPreset, number> = {
  paper: 60_965_224,
  caffenet: 60_965_224,
  torchvision: 61_100_840,
  'one-tower': 61_100_840,
  'single-tower': 58_299_082,
  'half-tower': 40_702_632,
  batchnorm: 46_762_051,
  xavier: 58_322_314,
  'cifar10-quick': 145_578,
  'cifar10-full': 89_578,
};

/** Numbers that a model keeps, but does not learn. */
const statistics = (model: ReturnType<typeof alexnet>): number =>
  model.nonTrainableWeights.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
