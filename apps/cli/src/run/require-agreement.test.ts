import { presets } from '@zoo/alexnet';
import { expect, it } from 'vitest';
import { requireAgreement } from './require-agreement.ts';

const spec = presets['cifar10-quick'];

it('takes options that say what is known, and refuses others with both values', () => {
  expect(() => requireAgreement(spec, { classes: spec.classes, inputSize: spec.input[0] }, 'a.pth')).not.toThrow();
  expect(() => requireAgreement(spec, { classes: 11 }, 'a.pth')).toThrow(
    /^--classes: a\.pth holds alexnet\/cifar10-quick with --classes 10, not 11\. Leave --classes out\./,
  );
});
