import * as tf from '@tensorflow/tfjs-core';
import { conv } from '@zoo/spec';
import { type Block, zeros } from '@zoo/testing/numbers';
import { referenceConv } from '@zoo/testing/reference-conv';
import { specWith } from '@zoo/testing/spec-with';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from './build-model.ts';
import { modelWeights } from './model-weights.ts';
import { PartialConv2D } from './partial-conv2d.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

const connections = [[0], [1, 2], [0, 1, 2], [2]];

/** A convolution by a filter that is 0 where nothing is connected. */
function reference(x: Block, [kernel = x, bias = x]: readonly Block[], stride: number, padding: number): Block {
  const [, , side] = kernel.shape;
  const channels = x.shape[3];
  const whole = zeros([side, side, channels, connections.length]);
  for (const [index, [channel = 0, filter = 0]] of connections
    .flatMap((seen, filter) => seen.map((channel) => [channel, filter]))
    .entries())
    for (let tap = 0; tap < side * side; tap++)
      whole.values[(tap * channels + channel) * connections.length + filter] =
        kernel.values[index * side * side + tap] ?? Number.NaN;
  const y = referenceConv(x, whole, { stride, padding, groups: 1, dilation: 1 });
  return { ...y, values: y.values.map((value, i) => value + (bias.values[i % bias.values.length] ?? 0)) };
}

for (const [stride, padding] of [
  [1, 0],
  [2, 1],
] as const)
  describeLayer(`PartialConv2D of stride ${stride}`, {
    layer: conv(4, 3, { stride, padding, connections }),
    input: [5, 4, 3],
    reference: (x, weights) => reference(x, weights, stride, padding),
  });

describe('PartialConv2D', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('holds no weight for what is not connected', () => {
    const model = buildModel(specWith([conv(4, 3, { connections, name: 'c3' })], [5, 4, 3]));
    expect(modelWeights(model).map(({ name, shape, variable }) => [name, shape, variable.shape])).toEqual([
      ['c3.weight', [7, 3, 3], [7, 3, 3]],
      ['c3.bias', [4], [4]],
      ['head.weight', [2, 24], [2, 24]],
      ['head.bias', [2], [2]],
    ]);
    model.dispose();
  });

  it("begins with values that depend on each filter's own fan-in", () => {
    const spec = specWith([conv(4, 3, { connections, name: 'c3' })], [5, 4, 3], {
      init: { weight: { uniformOverFanIn: 2.4 }, bias: { uniformOverFanIn: 2.4 } },
    });
    const largest = [0, 0, 0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const model = buildModel(spec, { seed });
      const values = modelWeights(model)[0]?.variable.dataSync() ?? [];
      const filters = connections.flatMap((seen, filter) => seen.flatMap(() => Array<number>(9).fill(filter)));
      for (const [i, filter] of filters.entries())
        largest[filter] = Math.max(largest[filter] ?? 0, Math.abs(values[i] ?? Number.NaN));
      model.dispose();
    }
    for (const [filter, { length }] of connections.entries()) {
      const bound = 2.4 / (9 * length);
      expect(largest[filter]).toBeLessThanOrEqual(Math.fround(bound));
      expect(largest[filter]).toBeGreaterThan(0.97 * bound);
    }
  });

  it('refuses connections with channels that are not there', () => {
    const layer = () => new PartialConv2D({ name: 'c3', connections: [[0], [1, 3]], kernelSize: 1 });
    expect(() => tf.tidy(() => applyTo(layer(), tf.zeros([1, 2, 2, 3])))).toThrow(
      'c3: filter 1 sees channels [1,3], expected some of 0 to 2. Fix its connections.',
    );
  });
});
