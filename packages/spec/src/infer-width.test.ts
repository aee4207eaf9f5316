import { plainRecipe } from '@zoo/testing/plain-recipe';
import { describe, expect, it } from 'vitest';
import { configure } from './configure.ts';
import { inferShapes } from './infer-shapes.ts';
import { inferWidth } from './infer-width.ts';
import { block, conv, dense, flatten, maxPool, relu } from './layer.ts';
import type { ModelSpec } from './model-spec.ts';

const spec: ModelSpec = {
  family: 'test',
  preset: 'widths',
  title: 'A network for tests',
  source: 'this file',
  className: 'Widths',
  input: [32, 32, 3],
  classes: 10,
  preprocessing: { range: 1, mean: [0, 0, 0], std: [1, 1, 1], channels: 'rgb' },
  init: { weight: 'fan-in-uniform', bias: 0 },
  recipe: plainRecipe,
  layers: [
    block('features', [conv(96, 5), relu(), maxPool(2, 2), conv(256, 5, { groups: 2 }), relu(), maxPool(2, 2)]),
    flatten({ call: true }),
    block('classifier', [dense(4096), relu(), dense('classes')]),
  ],
};

const outputsOf = (network: ModelSpec): Map<string, number> =>
  new Map(
    inferShapes(network)
      .layers.filter(({ weights }) => weights.length > 0)
      .map(({ path, output }) => [path, output.at(-1) ?? 0]),
  );

describe('inferWidth', () => {
  it.each([1, 2, 0.5, 0.25, 0.1, 0.3, 0.02, 0.001, 0.0123])(
    'finds a width that gives the same network as %d',
    (width) => {
      const network = configure(spec, { width });
      const found = inferWidth(spec, outputsOf(network));
      expect(found).toBeGreaterThan(0);
      expect(configure(spec, { width: found ?? 1 }).layers).toEqual(network.layers);
      if (width >= 0.02) expect(found).toBe(width);
    },
  );

  it('takes the plainest number where only some layers are known', () => {
    expect(inferWidth(spec, new Map([['features.0', 24]]))).toBe(0.25);
    expect(inferWidth(spec, new Map())).toBe(1);
  });

  it('finds none where the layers disagree, or groups would not get their share', () => {
    expect(
      inferWidth(
        spec,
        new Map([
          ['features.0', 96],
          ['features.3', 64],
        ]),
      ),
    ).toBeUndefined();
    expect(inferWidth(spec, new Map([['features.0', 97]]))).toBeUndefined();
  });

  it('leaves alone what has a table of connections', () => {
    const table: ModelSpec = {
      ...spec,
      layers: [conv(6, 5), conv(2, 5, { connections: [[0], [1, 2]] }), flatten({ call: true }), dense('classes')],
    };
    expect(
      inferWidth(
        table,
        new Map([
          ['0', 6],
          ['1', 2],
        ]),
      ),
    ).toBe(1);
    expect(
      inferWidth(
        table,
        new Map([
          ['0', 12],
          ['1', 4],
        ]),
      ),
    ).toBeUndefined();
  });
});
