import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { alexnet } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import { backends, startBackend } from '../packages/kernels/src/testing/backends.ts';

/** A model's file as bytes: what `tfl.loadLayersModel` reads, whoever wrote it. */
async function saved(model: tfl.LayersModel): Promise<string> {
  let text = '';
  const handler = tf.io.withSaveHandler(async ({ weightData, ...rest }) => {
    const bytes = new Uint8Array(
      Array.isArray(weightData) ? await new Blob(weightData).arrayBuffer() : (weightData ?? []),
    );
    text = JSON.stringify({ ...rest, weightData: Array.from(bytes) });
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await model.save(handler);
  return text;
}

function loaded(text: string): Promise<tfl.LayersModel> {
  const { weightData, ...rest } = JSON.parse(text);
  return tfl.loadLayersModel(tf.io.fromMemory({ ...rest, weightData: Uint8Array.from(weightData).buffer }));
}

/** Computed by the host: WGSL promises little of its cosine. */
const pictures = Float32Array.from({ length: 2 * 32 * 32 * 3 }, (_, i) => Math.cos(i));

async function logits(model: tfl.LayersModel): Promise<number[]> {
  const y = tf.tidy(() => model.predict(tf.tensor4d(pictures, [2, 32, 32, 3])));
  if (!(y instanceof tf.Tensor)) throw new Error('one tensor expected');
  const values = [...(await y.data())];
  y.dispose();
  return values;
}

describe.each(backends)('a model file that %s wrote', (writer) => {
  it('gives the same logits on every backend', async () => {
    await startBackend(writer);
    const model = alexnet('cifar10-full', { width: 1 / 8, seed: 4 });
    const expected = await logits(model);
    const file = await saved(model);
    model.dispose();
    expect(expected).toHaveLength(20);
    const scale = Math.max(...expected.map(Math.abs));
    for (const reader of backends) {
      await startBackend(reader);
      const other = await loaded(file);
      const found = await logits(other);
      for (const [i, value] of expected.entries())
        expect(Math.abs((found[i] ?? Number.NaN) - value) / scale, `${reader}, logit ${i}`).toBeLessThan(1e-5);
      other.dispose();
    }
  });
});
