import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { numberOf } from './attributes.ts';
import { coreOf } from './core.ts';
import { address, wasmBackend } from './heap.ts';
import { input } from './run-kernel.ts';
import { successor } from './successor.ts';

/** `AdamUpdate`: four reads and three writes of memory. */
export const adamUpdateKernel: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [weight, first, second] = [input(inputs, 'weight'), input(inputs, 'first'), input(inputs, 'second')];
  const successors = [successor(heap, weight), successor(heap, first), successor(heap, second)] as const;
  const [beta1, beta2] = [numberOf(attrs, 'beta1'), numberOf(attrs, 'beta2')];
  const step = numberOf(attrs, 'step');
  coreOf(heap).run(
    'adamUpdate',
    address(heap, weight),
    address(heap, first),
    address(heap, second),
    address(heap, input(inputs, 'gradient')),
    successors[0].address,
    successors[1].address,
    successors[2].address,
    util.sizeFromShape(weight.shape),
    numberOf(attrs, 'learningRate'),
    beta1,
    beta2,
    1 / (1 - beta1 ** step),
    1 / (1 - beta2 ** step),
    numberOf(attrs, 'epsilon'),
    numberOf(attrs, 'weightDecay'),
  );
  return successors.map((next) => next.take());
};
