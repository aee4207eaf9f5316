import { describe, expect, it } from 'vitest';
import { metering } from '../../meter.ts';
import { kerasNetwork } from './keras-network.ts';

const layer = (class_name: string, config: object = {}) => ({ class_name, config: { name: class_name, ...config } });
const network = (...layers: object[]) => kerasNetwork({ config: { layers } }, [], metering().meter);
const conv = layer('Conv2D');

describe('Rescaling in front of a network', () => {
  it.each([
    ['one number', [{ scale: 1 / 127.5, offset: -1 }], 1 / 127.5, [127.5]],
    ['a list of one number', [{ scale: [1 / 4, 1 / 4], offset: [-1, -2] }], 1 / 4, [4, 8]],
    ['a number a channel', [{ scale: [0.5, 0.25], offset: -1 }], [0.5, 0.25], [2, 4]],
    ['two in turn', [{ scale: 1 / 128 }, { scale: 2, offset: -1 }], 1 / 64, [64]],
    [
      'two in turn, both with an offset',
      [
        { scale: 0.5, offset: -1 },
        { scale: [2, 2], offset: [1, 3] },
      ],
      1,
      [1, -1],
    ],
  ])('%s', (_, configs, scale, mean) => {
    const layers = configs.map((config) => layer('Rescaling', config));
    const stated = network(layer('InputLayer'), ...layers, conv);
    expect(stated?.pictures).toEqual({ scale, mean });
    expect(stated?.layers.map(({ kind }) => kind)).toEqual(['conv']);
  });
});

describe('Rescaling that is part of the computation', () => {
  it('behind the first layer says nothing of pictures', () => {
    const stated = network(layer('Rescaling', { scale: 0.5 }), conv, layer('Rescaling', { scale: 3 }), conv);
    expect(stated?.pictures).toEqual({ scale: 0.5, mean: [-0] });
    expect(stated?.layers.map(({ kind }) => kind)).toEqual(['conv', 'normalization', 'conv']);
    expect(network(conv, layer('Rescaling', { scale: 3 }))?.pictures).toBeUndefined();
  });

  it.each([{ scale: 'x' }, { scale: 0 }, { scale: [1, 'x'] }, { scale: 1, offset: {} }])(
    '%o is not passed over',
    (config) => {
      const stated = network(layer('Rescaling', config), conv);
      expect(stated?.pictures).toBeUndefined();
      expect(stated?.layers.map(({ kind }) => kind)).toEqual(['normalization', 'conv']);
    },
  );
});

describe('Normalization in front of a network', () => {
  const statistics = { mean: [10, 20, 30], variance: [4, 9, 16] };
  const said = { scale: [1 / 2, 1 / 3, 1 / 4], mean: [10, 20, 30] };

  it('with numbers of its own', () => {
    const stated = network(layer('InputLayer'), layer('Normalization', { axis: [-1], ...statistics }), conv);
    expect(stated?.pictures).toEqual(said);
    expect(stated?.layers.map(({ kind }) => kind)).toEqual(['conv']);
  });

  it.each(['Normalization/', 'layers/normalization/vars/'])('with those that it adapted to, in %s', (place) => {
    const layers = [
      layer('Rescaling', { scale: 2 }),
      layer('Normalization', { axis: -1, mean: null, variance: null }),
      conv,
    ];
    const tensors = [`${place}mean`, `${place}variance`];
    const adapted = new Map([[place, { ...statistics, tensors }]]);
    const stated = kerasNetwork({ config: { layers } }, [], metering().meter, adapted);
    expect(stated?.pictures).toEqual({ scale: [1, 2 / 3, 1 / 2], mean: [5, 10, 15] });
    expect(stated?.parameters).toEqual(tensors);
  });

  it.each([{ axis: 1 }, { invert: true }, { variance: [-1, 1, 1] }, { mean: null }, { mean: [1, 2] }])(
    'of %o is not passed over',
    (config) => {
      const stated = network(layer('Normalization', { axis: -1, ...statistics, ...config }), conv);
      expect(stated?.pictures).toBeUndefined();
      expect(stated?.layers.map(({ kind }) => kind)).toEqual(['normalization', 'conv']);
    },
  );
});
