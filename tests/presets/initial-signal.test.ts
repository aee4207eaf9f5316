import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { presets as alexnets } from '@zoo/alexnet';
import { random } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { presets as lenets } from '@zoo/lenet';
import { configure, inferShapes, isWeighted, type ModelSpec } from '@zoo/spec';
import { presets as zfnets } from '@zoo/zfnet';
import { beforeAll, describe, expect, it } from 'vitest';

const pictures = 4;

/** Noise as strong as pictures are, in the units of the network's input. */
function noise({ input, preprocessing: { range, std } }: ModelSpec): tf.Tensor4D {
  const { normal } = random(4);
  const deviation = (0.25 * range) / (std[0] ?? 1);
  const [height, width, channels] = input;
  const values = Float32Array.from({ length: pictures * height * width * channels }, () => deviation * normal());
  return tf.tensor4d(values, [pictures, height, width, channels]);
}

/** How much what each weighted layer gives differs from picture to picture: all that a network has to tell them apart by. */
function signals(spec: ModelSpec): number[] {
  const model = buildModel(spec, { seed: 2 });
  const weighted = new Set(inferShapes(spec).layers.flatMap(({ layer, path }) => (isWeighted(layer) ? [path] : [])));
  const found = tf.tidy(() => {
    let x: tf.Tensor = noise(spec);
    const values: number[] = [];
    for (const layer of model.layers.slice(1)) {
      const next = layer.apply(x, { training: false });
      if (!(next instanceof tf.Tensor)) throw new Error(`${layer.name} must give one tensor`);
      x = next;
      if (weighted.has(layer.name)) values.push(Math.sqrt(tf.mean(tf.moments(x, 0).variance).dataSync()[0] ?? 0));
    }
    return values;
  });
  model.dispose();
  return found;
}

const { batchnorm: _, ...unnormalised } = alexnets;

describe.each(Object.entries({ ...unnormalised, ...zfnets, modern: lenets.modern }))('%s', (_name, preset) => {
  beforeAll(() => tf.setBackend('wasm'));

  // A quarter of the width stands for the whole, which takes long to compute.
  it('lets pictures through at a twelfth of its width as it does at a quarter, layer by layer', () => {
    const wide = signals(configure(preset, { width: 1 / 4 }));
    const narrow = signals(configure(preset, { width: 1 / 12 }));
    for (const [index, signal] of narrow.entries()) {
      const ratio = signal / (wide[index] ?? 0);
      expect(ratio, `layer ${index} of ${narrow.length}`).toBeGreaterThan(1 / 3);
      expect(ratio, `layer ${index} of ${narrow.length}`).toBeLessThan(3);
    }
  });
});
