import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { safetensorsBytes } from '@zoo/tensor-files/safetensors';
import { smallSpecs } from '@zoo/testing/small-spec';
import { beforeAll, expect, it } from 'vitest';
import { loadWeights } from '../load-weights.ts';
import { modelTensors } from '../model-tensors.ts';

beforeAll(() => tf.setBackend('cpu'));

it('a file that MLX wrote is refused, as its filters have their axes in another order, whatever their shape', async () => {
  const model = buildModel(smallSpecs.plain);
  const pieces: Uint8Array[] = [];
  for await (const piece of safetensorsBytes(modelTensors(model), { format: 'mlx' })) pieces.push(piece.slice());
  const file = new File(
    pieces.map((piece) => new Uint8Array(piece)),
    'a.safetensors',
  );
  await expect(loadWeights(model, file)).rejects.toThrow(
    /a\.safetensors: is of MLX .* keeps filters as \[out, height, width, in\].* In Python, move the axes/,
  );
  expect((await loadWeights(model, file, { computation: 'ignore' })).loaded).toHaveLength(8);
  model.dispose();
});
