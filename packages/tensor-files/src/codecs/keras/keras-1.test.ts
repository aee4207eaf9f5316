import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openTensors } from '../../index.ts';
import { metering } from '../../meter.ts';
import { kerasNetwork } from './keras-network.ts';

describe('files of Keras 1', () => {
  it('on Theano have filters that are not read, and biases that are', async () => {
    const url = new URL('../../../fixtures/theano.h5', import.meta.url);
    const file = await openTensors(new File([await readFile(url)], 'theano.h5'));
    await expect(file.tensors.get('conv1/conv1_W')?.read()).rejects.toThrow(
      /theano\.h5: conv1\/conv1_W: is a filter of Keras on Theano, which is turned by 180 degrees.*Load the model in Keras/,
    );
    expect(file.tensors.get('conv1/conv1_W')?.unreadable).toBeDefined();
    expect(await file.tensors.get('conv1/conv1_b')?.read()).toEqual(Float32Array.of(0, 1));
  });

  it('say strides, padding and orders in words of their own', () => {
    const of = (class_name: string, config: object) => ({ class_name, config });
    const config = [
      of('Convolution2D', { subsample: [4, 2], border_mode: 'same', dim_ordering: 'th', bias: false }),
      of('MaxPooling2D', { pool_size: [3, 3], strides: [2, 2], border_mode: 'valid', dim_ordering: 'th' }),
      of('Flatten', {}),
    ];
    expect(kerasNetwork({ config }, [], metering().meter)?.layers).toMatchObject([
      { kind: 'conv', stride: [4, 2], padding: 'same', bias: false },
      { kind: 'maxPool', size: [3, 3], stride: [2, 2], padding: 'valid' },
      { kind: 'flatten', order: 'CHW' },
    ]);
  });
});
