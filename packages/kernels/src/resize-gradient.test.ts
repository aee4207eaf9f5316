import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import './wasm.ts';

// tfjs's cpu backend gives the pictures after the first other gradients, so that it is no reference for upsampling.
it('on wasm, a pixel that is copied gathers the gradients of its copies, in every picture', async () => {
  await tf.setBackend('wasm');
  const numbers = Float32Array.from({ length: 2 * 6 * 6 * 3 }, (_, i) => Math.sin(1 + i * i));
  const dy = tf.tensor4d(numbers, [2, 6, 6, 3]);
  const dx = tf.tidy(() =>
    tf.grad((x) => tf.image.resizeNearestNeighbor(tf.reshape<tf.Rank.R4>(x, [2, 3, 3, 3]), [6, 6]))(
      tf.ones([2, 3, 3, 3]),
      dy,
    ),
  );
  const expected = new Float32Array(2 * 3 * 3 * 3);
  for (const [place, value] of numbers.entries()) {
    const [channel, column, row, image] = [
      place % 3,
      Math.floor(place / 3) % 6,
      Math.floor(place / 18) % 6,
      Math.floor(place / 108),
    ];
    const at = ((image * 3 + (row >> 1)) * 3 + (column >> 1)) * 3 + channel;
    expected[at] = (expected[at] ?? 0) + value;
  }
  for (const [place, value] of (await dx.data()).entries()) expect(value).toBeCloseTo(expected[place] ?? Number.NaN, 5);
  tf.dispose([dx, dy]);
});
