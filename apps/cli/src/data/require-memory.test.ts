import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { presets } from '@zoo/alexnet';
import { adam } from '@zoo/trainers';
import { describe, expect, it } from 'vitest';
import { requireMemory, requireStepMemory } from './require-memory.ts';

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

  it("counts what the optimiser and an average keep of each weight, and a batch's parts", async () => {
    await tf.setBackend('cpu');
    const { paper } = presets;
    const { recipe } = paper;
    const weights = 4 * 60_965_224;
    const least = (changes: Partial<typeof recipe>): number => {
      const refused = () => requireStepMemory(paper, { ...recipe, batchSize: 1, ...changes }, 1000, 1e8);
      const [, size = ''] = /needs ([\d.]+) (?:GB|MB) of memory/.exec(String(catchError(refused))) ?? [];
      return Number(size) * (Number(size) < 10 ? 1000 : 1);
    };
    const plain = least({});
    const megabytes = weights / 1e6;
    for (const [changes, copies] of [
      [{ ema: 0.999 }, 1],
      [{ optimizer: adam({}) }, 1],
      [{ optimizer: adam({}), ema: 0.9 }, 2],
      [{ batchSize: 4, accumulate: 4 }, 0],
    ] as const)
      expect(Math.abs(least(changes) - plain - copies * megabytes)).toBeLessThan(120);
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
