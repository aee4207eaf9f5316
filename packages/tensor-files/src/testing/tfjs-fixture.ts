import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

/** A small model of TensorFlow.js, as its own encoder writes it. Weights lie across the borders of three shards. */
export async function tfjsFixture() {
  const tensors = [
    { name: 'conv/kernel', tensor: tf.tensor([1.5, -2, 3.25, 1e-20, 5, 6], [1, 2, 3]) },
    { name: 'conv/bias', tensor: tf.tensor1d([0.1, 0.2, 0.3]) },
    { name: 'count', tensor: tf.scalar(-7, 'int32') },
    { name: 'mask', tensor: tf.tensor1d([true, false, true], 'bool') },
  ];
  const { data, specs } = await tf.io.encodeWeights(tensors);
  const all = new Uint8Array(data);
  const cuts = [0, 10, 30, all.length];
  const paths = ['shard1.bin', 'shard2.bin', 'shard3.bin'];
  const shards = paths.map((path, index) => new File([all.slice(cuts[index], cuts[index + 1])], path));
  const model = { format: 'layers-model', modelTopology: null, weightsManifest: [{ paths, weights: specs }] };
  return { tensors, specs, data, shards, json: new TextEncoder().encode(JSON.stringify(model)) };
}
