import * as tf from '@tensorflow/tfjs-core';
import { lrn } from '@zoo/spec';
import { referenceLrn } from '@zoo/testing/reference-lrn';
import { describe, expect, it } from 'vitest';
import { LocalResponseNormalization } from './local-response-normalization.ts';
import { applyTo } from './testing/apply-to.ts';
import { describeLayer } from './testing/describe-layer.ts';

const regions = { 'across-channels': 5, 'within-channel': 25 } as const;
for (const region of ['across-channels', 'within-channel'] as const)
  for (const convention of ['tensorflow', 'caffe', 'pytorch'] as const) {
    const numbers = { size: 5, alpha: 0.4, beta: 0.75, k: 2 };
    const scale = convention === 'tensorflow' ? numbers.alpha : numbers.alpha / regions[region];
    describeLayer(`LocalResponseNormalization ${region}, ${convention}`, {
      layer: lrn({ ...numbers, convention, region }),
      input: [4, 5, 7],
      reference: (x) => referenceLrn(x, { ...numbers, scale, region }).y,
    });
  }

describe('LocalResponseNormalization', () => {
  const options = { name: 'norm', size: 5, alpha: 1e-4, beta: 0.75, k: 2, convention: 'caffe' } as const;

  it('normalises across channels unless told otherwise', () => {
    expect(new LocalResponseNormalization(options).getConfig()).toMatchObject({ region: 'across-channels' });
  });

  it('refuses even sizes', () => {
    const layer = new LocalResponseNormalization({ ...options, size: 4 });
    expect(() => tf.tidy(() => applyTo(layer, tf.zeros([1, 2, 2, 8])))).toThrow(
      'localResponseNormalization: size must be an odd whole number, got 4.',
    );
  });

  it('refuses vectors', () => {
    expect(() => tf.tidy(() => applyTo(new LocalResponseNormalization(options), tf.zeros([1, 4])))).toThrow(
      'norm: needs maps [batch, height, width, channels], got [1,4]. Add the missing axes.',
    );
  });
});
