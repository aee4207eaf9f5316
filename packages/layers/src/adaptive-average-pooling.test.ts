import * as tf from '@tensorflow/tfjs-core';
import { adaptiveAvgPool } from '@zoo/spec';
import { describeOnBackends } from '@zoo/testing/backends';
import { add, at, type Block, expectClose, noise, seeded, tensor, zeros } from '@zoo/testing/numbers';
import { describe, expect, it } from 'vitest';
import { AdaptiveAveragePooling2D } from './adaptive-average-pooling.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

/** `torch.nn.AdaptiveAvgPool2d`: window i runs from floor(i·in/out) up to ceil((i+1)·in/out). */
function reference(x: Block, size: number): Block {
  const [batch, height, width, channels] = x.shape;
  const y = zeros([batch, size, size, channels]);
  const from = (i: number, side: number) => Math.floor((i * side) / size);
  const to = (i: number, side: number) => Math.ceil(((i + 1) * side) / size);
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        for (let c = 0; c < channels; c++) {
          const area = (to(i, height) - from(i, height)) * (to(j, width) - from(j, width));
          for (let row = from(i, height); row < to(i, height); row++)
            for (let column = from(j, width); column < to(j, width); column++)
              add(y, n, i, j, c, at(x, n, row, column, c) / area);
        }
  return y;
}

for (const [size, height, width] of [
  [3, 7, 5],
  [2, 2, 2],
  [6, 4, 6],
] as const)
  describeLayer(`AdaptiveAveragePooling2D to ${size} from ${height}x${width}`, {
    layer: adaptiveAvgPool(size),
    input: [height, width, 3],
    reference: (x) => reference(x, size),
  });

describeOnBackends('AdaptiveAveragePooling2D', () => {
  it('equals the loops for all sides from 1 to 9 and sizes from 1 to 7', () => {
    for (let size = 1; size <= 7; size++) {
      const layer = new AdaptiveAveragePooling2D({ size });
      for (let side = 1; side <= 9; side++) {
        const x = noise([1, side, 10 - side, 2], seeded(size, side));
        tf.tidy(() => {
          expectClose(applyTo(layer, tensor(x)), reference(x, size));
        });
      }
    }
  });

  it('passes maps of the right size on bit for bit', () => {
    tf.tidy(() => {
      const x = tensor(noise([1, 3, 3, 2], seeded(4)));
      const y = applyTo(new AdaptiveAveragePooling2D({ size: 3 }), x);
      expect([...y.dataSync()]).toEqual([...x.dataSync()]);
    });
  });
});

describe('AdaptiveAveragePooling2D', () => {
  it.each([0, -1, 2.5, Number.NaN])('refuses a size of %d', (size) => {
    expect(() => new AdaptiveAveragePooling2D({ name: 'pool', size })).toThrow(
      `pool: size must be a whole number of at least 1, got ${size}.`,
    );
  });

  it('refuses vectors', () => {
    const layer = new AdaptiveAveragePooling2D({ name: 'pool', size: 2 });
    expect(() => tf.tidy(() => applyTo(layer, tf.zeros([1, 4])))).toThrow(
      'pool: needs maps [batch, height, width, channels], got [1,4].',
    );
  });
});
