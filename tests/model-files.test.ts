import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { backends, startBackend } from '@zoo/testing/backends';
import { ofKind } from '@zoo/testing/complete';
import { describe, expect, inject, it } from 'vitest';
import { hasLayersOfItsOwn, loadModelFile, modelFile, presetNames, smallModel } from './small-models.ts';

/** Of two pictures; computed by the host: WGSL promises little of its cosine. */
async function logits(model: tfl.LayersModel): Promise<number[]> {
  const y = tf.tidy(() => {
    const [height = 0, width = 0, channels = 0] = model.inputs[0]?.shape.slice(1).map(Number) ?? [];
    const pictures = Float32Array.from({ length: 2 * height * width * channels }, (_, i) => Math.cos(i));
    return model.predict(tf.tensor4d(pictures, [2, height, width, channels]));
  });
  if (!(y instanceof tf.Tensor)) throw new Error('one tensor expected');
  const values = [...(await y.data())];
  y.dispose();
  return values;
}

describe('a model file', () => {
  // In a page, the files are those that Node has written: what comes back from there is the same to the last bit, and so for Node.
  it.each(ofKind(presetNames, hasLayersOfItsOwn))(
    'of %s is the same whichever backend writes it, and gives the same logits on all',
    async (name) => {
      await startBackend('cpu');
      const file = inject('modelFiles')[name] ?? (await modelFile(smallModel(name)));
      let expected: number[] = [];
      for (const backend of backends) {
        await startBackend(backend);
        const model = await loadModelFile(file);
        expect((await modelFile(model)) === file, `the file from ${backend}`).toBe(true);
        const found = await logits(model);
        expect(found).toHaveLength(8);
        if (backend === 'cpu') expected = found;
        const scale = Math.max(...expected.map(Math.abs));
        for (const [i, value] of expected.entries())
          expect(Math.abs((found[i] ?? Number.NaN) - value) / scale, `${backend}, logit ${i}`).toBeLessThan(1e-5);
        tf.disposeVariables();
      }
    },
  );

  it('is written by a new network on every backend', async () => {
    const files = new Set<string>();
    for (const backend of backends) {
      await startBackend(backend);
      files.add(await modelFile(smallModel('alexnet/batchnorm')));
      tf.disposeVariables();
    }
    expect(files.size).toBe(1);
  });
});
