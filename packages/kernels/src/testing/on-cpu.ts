import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients of tfjs's own ops.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import type { Block, Shape } from '@zoo/testing/numbers';

const shape4D = ([a = 1, b = 1, c = 1, d = 1]: number[]): Shape => [a, b, c, d];

/** What tfjs's cpu backend computes, its tensors of four axes as blocks. The backend in use stays so. */
export async function onCpu(compute: () => tf.Tensor[]): Promise<Block[]> {
  const backend = tf.getBackend();
  await tf.setBackend('cpu');
  const outputs = tf.tidy(compute);
  const blocks = outputs.map((output) => ({
    shape: shape4D(output.shape),
    values: Float64Array.from(output.dataSync()),
  }));
  tf.dispose(outputs);
  await tf.setBackend(backend);
  return blocks;
}
