import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { presets } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import { requireMemory } from './require-memory.ts';

const spec = presets['cifar10-quick'];

describe('requireMemory', () => {
  it('lets pass what a machine can hold', async () => {
    await tf.setBackend('cpu');
    expect(() => requireMemory(spec, spec.recipe.batchSize, 1e9)).not.toThrow();
    expect(() => requireMemory(presets.paper, 128, 8e9)).not.toThrow();
  });

  it('refuses what it cannot, and says which batch it can', async () => {
    await tf.setBackend('cpu');
    const refused = () => requireMemory(spec, 50_000, 16e9);
    expect(refused).toThrow(
      /^--batch-size 50000: a training step needs 4\d\.\d GB of memory at least, but this machine has 16\.0 GB\. Pass --batch-size \d+ or less, or a smaller --width\.$/,
    );
    const [, most = ''] = /--batch-size (\d+) or less/.exec(String(catchError(refused))) ?? [];
    expect(() => requireMemory(spec, Number(most), 16e9)).not.toThrow();
    expect(() => requireMemory(presets.paper, 1, 1e8)).toThrow('Use another machine, or a smaller --width.');
  });

  it.each([false, true])(
    'counts the memory of the machine for TensorFlow, unless that computes on a GPU: %s',
    async (gpu) => {
      await tf.setBackend('cpu');
      const backend = Object.create(tf.backend(), { isUsingGpuDevice: { value: gpu }, dispose: { value: () => {} } });
      tf.registerBackend('tensorflow', () => backend);
      await tf.setBackend('tensorflow');
      const large = expect(() => requireMemory(spec, 50_000, 16e9));
      if (gpu) large.not.toThrow();
      else large.toThrow('--batch-size 50000: a training step needs');
      await tf.setBackend('cpu');
      tf.removeBackend('tensorflow');
    },
  );
});

function catchError(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
