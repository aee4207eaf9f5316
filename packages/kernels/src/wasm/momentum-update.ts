import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { numberOf } from './attributes.ts';
import { coreOf } from './core.ts';
import { address, wasmBackend } from './heap.ts';
import { input } from './run-kernel.ts';
import { successor } from './successor.ts';

/** `MomentumUpdate`: three reads and two writes of memory, where tfjs's ops make eighteen. */
export const momentumUpdateKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [weight, velocity] = [input(inputs, 'weight'), input(inputs, 'velocity')];
  const successors = [successor(heap, weight), successor(heap, velocity)] as const;
  coreOf(heap).run(
    'momentumUpdate',
    address(heap, weight),
    address(heap, velocity),
    address(heap, input(inputs, 'gradient')),
    successors[0].address,
    successors[1].address,
    util.sizeFromShape(weight.shape),
    numberOf(attrs, 'learningRate'),
    numberOf(attrs, 'momentum'),
    numberOf(attrs, 'weightDecay'),
    attrs.convention === 'caffe' ? 1 : 0,
  );
  return successors.map((next) => next.take());
};
