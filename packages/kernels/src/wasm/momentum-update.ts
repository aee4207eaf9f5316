import type { KernelFunc } from '@tensorflow/tfjs-core';
import { elements } from '@zoo/core';
import { numberOf } from '../kernel-call/attributes.ts';
import { input } from '../kernel-call/input.ts';
import { address, wasmBackend } from './backend.ts';
import { moduleOf } from './module-of.ts';
import { successor } from './successor.ts';

/** `MomentumUpdate` and `NesterovUpdate`: three reads and two writes of memory, where tfjs's ops make eighteen. */
const updateKernel =
  (nesterov: boolean): KernelFunc =>
  ({ inputs, backend: given, attrs = {} }) => {
    const backend = wasmBackend(given);
    const [weight, velocity] = [input(inputs, 'weight'), input(inputs, 'velocity')];
    const successors = [successor(backend, weight), successor(backend, velocity)] as const;
    moduleOf(backend).run(
      'momentumUpdate',
      address(backend, weight),
      address(backend, velocity),
      address(backend, input(inputs, 'gradient')),
      successors[0].address,
      successors[1].address,
      elements(weight.shape),
      numberOf(attrs, 'learningRate'),
      numberOf(attrs, 'momentum'),
      numberOf(attrs, 'weightDecay'),
      attrs.convention === 'caffe',
      nesterov,
    );
    return successors.map((next) => next.take());
  };

export const momentumUpdateKernel: KernelFunc = updateKernel(false);
export const nesterovUpdateKernel: KernelFunc = updateKernel(true);
