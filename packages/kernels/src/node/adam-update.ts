import type { KernelFunc } from '@tensorflow/tfjs-core';
import { numberOf } from '../wasm/attributes.ts';
import { input } from '../wasm/run-kernel.ts';
import { execute, numbers, type TensorflowBackend, tensorflowBackend } from './tensorflow-backend.ts';
import { updateInPlace } from './update-in-place.ts';

/** `gradient + decay·weight`, a new tensor. */
function decayed(backend: TensorflowBackend, gradient: number, weight: number, decay: number): number {
  const { binding } = backend;
  const scaled = execute(backend, 'Mul', [numbers(backend)], [weight, decay]).id;
  const { id } = execute(backend, 'AddV2', [numbers(backend)], [scaled, gradient]);
  binding.deleteTensor(scaled);
  return id;
}

/**
 * `AdamUpdate` in TensorFlow's own update op, in place. TensorFlow adds epsilon to the deviation before it is corrected for
 * the first steps, the paper's algorithm 1 afterwards: it is given as much as comes to the same.
 */
export const adamUpdateKernel: KernelFunc = ({ inputs, attrs = {}, ...call }) => {
  const backend = tensorflowBackend(call.backend);
  const [beta1, beta2, step] = [numberOf(attrs, 'beta1'), numberOf(attrs, 'beta2'), numberOf(attrs, 'step')];
  const [power1, power2] = [beta1 ** step, beta2 ** step];
  const epsilon = numberOf(attrs, 'epsilon') * Math.sqrt(1 - power2);
  const rates = [power1, power2, numberOf(attrs, 'learningRate'), beta1, beta2, epsilon];
  const decay = numberOf(attrs, 'weightDecay');
  const [gradient = -1] = backend.getInputTensorIds([input(inputs, 'gradient')]);
  const changed = [input(inputs, 'weight'), input(inputs, 'first'), input(inputs, 'second')];
  return updateInPlace(backend, changed, ([weight, ...moments], apply, scalar) => {
    if (!weight) throw new Error('three variables were asked for');
    const handles = [weight, ...moments].map(({ handle }) => handle);
    const scalars = rates.map(scalar);
    if (decay === 0) apply('ResourceApplyAdam', ...handles, ...scalars, gradient);
    else {
      const slope = weight.whileRead((id) => decayed(backend, gradient, id, scalar(decay)));
      apply('ResourceApplyAdam', ...handles, ...scalars, slope);
      backend.binding.deleteTensor(slope);
    }
  });
};
