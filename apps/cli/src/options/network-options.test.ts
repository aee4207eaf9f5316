import { presetOf } from '@zoo/spec';
import { expect, it } from 'vitest';
import { families } from '../families.ts';
import { configured } from './network-options.ts';

it('an input that is too small for the layers is told by its option', () => {
  const torchvision = presetOf('alexnet/torchvision', families);
  expect(() => configured(torchvision, { inputSize: 16 })).toThrow(
    /layer 6 \(features\.5, maxPool\) .* The network's input is \[16, 16, 3\]: use a larger --input-size than 16\.$/,
  );
  expect(configured(torchvision, { inputSize: 96 }).input).toEqual([96, 96, 3]);
});
