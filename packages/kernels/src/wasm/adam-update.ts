import type { KernelFunc } from '@tensorflow/tfjs-core';
import { elements } from '@zoo/core';
import { numberOf } from '../kernel-call/attributes.ts';
import { input } from '../kernel-call/input.ts';
import { address, wasmBackend } from './backend.ts';
import { moduleOf } from './module-of.ts';
import { successor } from './successor.ts';

/** `AdamUpdate`: four reads and three writes of memory. */
export const adamUpdateKernel: KernelFunc = ({ inputs, backend: given, attrs = {} }) => {
  const backend = wasmBackend(given);
  const [weight, first, second] = [input(inputs, 'weight'), input(inputs, 'first'), input(inputs, 'second')];
  const successors = [successor(backend, weight), successor(backend, first), successor(backend, second)] as const;
  const [beta1, beta2] = [numberOf(attrs, 'beta1'), numberOf(attrs, 'beta2')];
  const step = numberOf(attrs, 'step');
  moduleOf(backend).run(
    'adamUpdate',
    address(backend, weight),
    address(backend, first),
    address(backend, second),
    address(backend, input(inputs, 'gradient')),
    successors[0].address,
    successors[1].address,
    successors[2].address,
    elements(weight.shape),
    numberOf(attrs, 'learningRate'),
    beta1,
    beta2,
    1 / (1 - beta1 ** step),
    1 / (1 - beta2 ** step),
    numberOf(attrs, 'epsilon'),
    numberOf(attrs, 'weightDecay'),
    attrs.decoupled === true,
  );
  return successors.map((next) => next.take());
};
