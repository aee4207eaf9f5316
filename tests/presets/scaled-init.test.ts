import { presets } from '@zoo/alexnet';
import { configure, inferShapes, isWeighted, type ModelSpec, parseSpec, type ShapedLayer } from '@zoo/spec';
import { describe, expect, it } from 'vitest';

const weighted = (spec: ModelSpec): ShapedLayer[] => inferShapes(spec).layers.filter(({ layer }) => isWeighted(layer));

/** σ²·n: how much the variance of a layer's inputs counts in that of its outputs. */
const gains = (spec: ModelSpec): number[] =>
  weighted(spec).map(({ layer, weights }) => {
    const { weight } = { ...spec.init, ...(isWeighted(layer) ? layer.init : {}) };
    if (typeof weight !== 'object' || !('normal' in weight)) throw new Error('a deviation expected');
    return weight.normal ** 2 * (weights[0]?.shape ?? []).slice(1).reduce((product, size) => product * size, 1);
  });

describe.each(['paper', 'caffenet', 'cifar10-quick', 'cifar10-full'] as const)('%s', (name) => {
  const preset = presets[name];

  it.each([{ width: 0.1 }, { width: 0.02 }, { width: 2 }, { width: 0.25, inputSize: preset.input[0] * 2 }])(
    'lets as much of its input through as the preset: %j',
    (options) => {
      const expected = gains(preset);
      for (const [index, gain] of gains(configure(preset, options)).entries())
        expect(gain / (expected[index] ?? 0)).toBeCloseTo(1, 2);
    },
  );

  it('has its published values as it was published, for other classes too', () => {
    expect(configure(preset, { classes: 7 }).layers).toBe(preset.layers);
    expect(configure(preset, { inChannels: 1 }).layers).toBe(preset.layers);
  });

  it('keeps its biases, and can be written and read', () => {
    const small = configure(preset, { width: 0.1 });
    const biases = (spec: ModelSpec) =>
      weighted(spec).map(({ layer }) => ({ ...spec.init, ...(isWeighted(layer) ? layer.init : {}) }).bias);
    expect(biases(small)).toEqual(biases(preset));
    expect(parseSpec(JSON.parse(JSON.stringify(small)), 'small')).toEqual(small);
  });
});

it('leaves values alone that follow the number of inputs themselves', () => {
  for (const name of ['torchvision', 'xavier', 'batchnorm'] as const)
    expect(
      weighted(configure(presets[name], { width: 0.1 })).map(({ layer }) => isWeighted(layer) && layer.init),
    ).toEqual(weighted(presets[name]).map(({ layer }) => isWeighted(layer) && layer.init));
});
