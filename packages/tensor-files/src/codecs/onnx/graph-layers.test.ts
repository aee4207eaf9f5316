import { expect, it } from 'vitest';
import { graphLayers } from './graph-layers.ts';

const none = { tensors: new Map(), origin: () => undefined, has: () => false };

it.each([
  ['SAME_UPPER', 'same'],
  ['SAME_LOWER', 'same-lower'],
  ['VALID', { before: [0, 0], after: [0, 0] }],
])('a pool with auto_pad %s says where an odd zero lies', (automatic, padding) => {
  const pool = {
    ...{ op: 'MaxPool', name: 'pool', inputs: ['input'], output: 'y', moreOutputs: [], tensors: new Map() },
    numbers: new Map([['kernel_shape', [2, 2]]]),
    texts: new Map([['auto_pad', automatic]]),
  };
  expect(graphLayers([pool], none)).toMatchObject([{ kind: 'maxPool', padding }]);
});
