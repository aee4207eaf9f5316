import {
  batchNorm,
  block,
  conv,
  dense,
  dropout,
  flatten,
  lrn,
  type ModelSpec,
  maxPool,
  type Node,
  relu,
} from '@zoo/spec';
import { tinySpec } from './tiny-spec.ts';

/** The network of fixtures/make_small.py: its second dense layer is square. `first` comes behind the first convolution. */
const small = (preset: string, ...first: readonly Node[]): ModelSpec => ({
  ...tinySpec,
  preset,
  input: [8, 8, 3],
  classes: 8,
  preprocessing: { ...tinySpec.preprocessing, mean: [0, 0, 0], std: [1, 1, 1] },
  layers: [
    block('features', [
      conv(4, 3, { caffe: 'conv1', padding: 1 }),
      ...first,
      maxPool(2, 2, { name: 'pool' }),
      conv(6, 3, { caffe: 'conv2', padding: 1, name: '3' }),
      relu({ name: '4' }),
      maxPool(2, 2, { name: '5' }),
    ]),
    flatten({ call: true }),
    block('classifier', [
      dense(8, { caffe: 'fc3' }),
      relu(),
      dropout(0.5, { name: 'drop' }),
      dense('classes', { caffe: 'fc4', name: '2' }),
    ]),
  ],
});

/** By the names that testing/checkpoints.ts uses. */
export const smallSpecs = {
  plain: small('plain', relu()),
  /** With other numbers than any file. */
  lrn: small(
    'lrn',
    relu(),
    lrn({ name: 'norm', caffe: 'norm1', size: 5, alpha: 1e-4, beta: 0.75, k: 2, convention: 'tensorflow' }),
  ),
  norm: small('norm', batchNorm({ name: 'norm' }), relu()),
} as const;
