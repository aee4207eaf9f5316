import { describe, expect, it } from 'vitest';
import { netLayer, v1Types } from './net-layers.ts';

const layer = (type: string) => netLayer('a', type, () => undefined, 0);

describe('layers behind a network of Caffe', () => {
  it.each(['SoftmaxWithLoss', 'HingeLoss', 'EuclideanLoss', 'InfogainLoss', 'Accuracy', 'Silence', 'HDF5Output'])(
    '%s computes nothing that counts',
    (type) => {
      expect(layer(type)).toBeUndefined();
      if (type !== 'Accuracy') expect(Object.values(v1Types)).toContain(type);
    },
  );

  it.each([
    ['SigmoidCrossEntropyLoss', 'sigmoid'],
    ['Sigmoid', 'sigmoid'],
    ['Softmax', 'softmax'],
    ['ArgMax', 'argmax'],
  ])('%s is %s', (type, name) => {
    expect(layer(type)).toMatchObject({ kind: 'activation', function: name });
    expect(Object.values(v1Types)).toContain(type);
  });
});
