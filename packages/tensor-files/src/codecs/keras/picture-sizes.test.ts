import { describe, expect, it } from 'vitest';
import { metering } from '../../meter.ts';
import { kerasNetwork } from './keras-network.ts';

const layer = (class_name: string, config: object = {}) => ({ class_name, config: { name: class_name, ...config } });
const network = (...layers: object[]) => kerasNetwork({ config: { layers } }, [], metering().meter);
const conv = layer('Conv2D');
const to = (class_name: string, side: number) => layer(class_name, { height: side, width: side });

describe('layers that bring pictures to a size', () => {
  it.each([
    [[to('Resizing', 224)], 224],
    [[to('Resizing', 256), layer('Rescaling', { scale: 2 }), to('CenterCrop', 224)], 224],
    [[layer('RandomFlip'), to('RandomCrop', 64)], 64],
  ])('in front are of pictures: %j', (layers, side) => {
    const stated = network(layer('InputLayer'), ...layers, conv);
    expect(stated?.pictures?.size).toEqual([side, side]);
    expect(stated?.layers.map(({ kind }) => kind)).toEqual(['conv']);
  });

  it.each([
    [
      [to('CenterCrop', 200), to('Resizing', 224), conv],
      ['other', 'conv'],
    ],
    [
      [conv, to('Resizing', 14), conv],
      ['conv', 'other', 'conv'],
    ],
    [
      [conv, to('RandomCrop', 14), conv],
      ['conv', 'other', 'conv'],
    ],
    [
      [layer('Cropping2D'), conv],
      ['other', 'conv'],
    ],
  ])('that change what is seen are part of the computation: %j', (layers, kinds) => {
    expect(network(...layers)?.layers.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('activations that are layers', () => {
  it.each([
    [{}, 'relu'],
    [{ max_value: 6 }, 'relu of other limits'],
    [{ negative_slope: 0.1 }, 'relu of other limits'],
  ])('ReLU of %o is %s', (config, name) => {
    const activation = { module: 'keras.layers', class_name: 'ReLU', config };
    expect(network(layer('Conv2D', { activation }))?.layers[1]).toMatchObject({ kind: 'activation', function: name });
  });
});
