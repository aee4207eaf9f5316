import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import './wasm.ts';
import { commonLayers, weightsAfterTraining } from './testing/common-layers.ts';

/** What tfjs itself refuses on every backend. */
const untrainable: Readonly<Record<string, string>> = {
  'conv2d, dilationRate 2': 'dilation rates greater than 1 are not yet supported in gradients',
};

// A network on tfjs's wasm backend trains once `@zoo/kernels/wasm` is imported: the README says so of these layers.
describe('tf.layers on wasm', () => {
  it.each(Object.entries(commonLayers))('%s trains as on cpu', async (name, layer) => {
    await tf.setBackend('cpu');
    const reason = untrainable[name];
    if (reason !== undefined) {
      await expect(weightsAfterTraining(layer)).rejects.toThrow(reason);
      await tf.setBackend('wasm');
      await expect(weightsAfterTraining(layer)).rejects.toThrow(reason);
      return;
    }
    const expected = await weightsAfterTraining(layer);
    await tf.setBackend('wasm');
    const found = await weightsAfterTraining(layer);
    expect(found).toHaveLength(expected.length);
    const largest = Math.max(...expected.map(Math.abs));
    expect(Math.max(...found.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)))) / largest).toBeLessThan(
      1e-5,
    );
  });
});
