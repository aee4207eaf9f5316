import { inferShapes } from '@zoo/spec';
import { expect, it } from 'vitest';
import { presets } from './index.ts';

it("has the sizes of the paper's figure 3", () => {
  const { layers, parameters } = inferShapes(presets.zfnet);
  const maps = layers.flatMap(({ layer, output }) =>
    layer.kind === 'conv' || layer.kind === 'maxPool' ? [[output[0], output[2]]] : [],
  );
  expect(maps).toEqual([
    [110, 96],
    [55, 96],
    [26, 256],
    [13, 256],
    [13, 384],
    [13, 384],
    [13, 256],
    [6, 256],
  ]);
  expect(layers.find(({ layer }) => layer.kind === 'flatten')?.output).toEqual([9216]);
  expect(parameters).toBe(62_357_608);
});
