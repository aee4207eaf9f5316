import type { KernelFunc } from '@tensorflow/tfjs-core';
import { numberOf } from '../kernel-call/attributes.ts';
import { input } from '../kernel-call/input.ts';
import { inputId, tensorflowBackend } from './tensorflow-backend.ts';
import { updateInPlace } from './update-in-place.ts';

/**
 * `MomentumUpdate` in TensorFlow's own update ops: 9 walks through memory of a weight's size, in place, where tfjs's ops make 15.
 * These ops know no weight decay. It goes into the velocity first, divided by the momentum that they will multiply it by.
 */
export const momentumUpdateKernel: KernelFunc = ({ inputs, attrs = {}, ...call }) => {
  const backend = tensorflowBackend(call.backend);
  const rate = numberOf(attrs, 'learningRate');
  const momentum = numberOf(attrs, 'momentum');
  const decay = numberOf(attrs, 'weightDecay');
  const caffe = attrs.convention === 'caffe';
  const gradient = inputId(backend, input(inputs, 'gradient'));
  const changed = [input(inputs, 'weight'), input(inputs, 'velocity')];
  return updateInPlace(backend, changed, ([weight, velocity], apply, scalar) => {
    if (!weight || !velocity) throw new Error('two variables were asked for');
    // v ← v − share·w
    const share = (caffe ? rate * decay : -decay) / momentum;
    if (share !== 0)
      weight.whileRead((id) => apply('ResourceApplyGradientDescent', velocity.handle, scalar(share), id));
    // Keras keeps the rate in the velocity, as Caffe does; TensorFlow leaves it outside, as PyTorch does.
    const op = caffe ? 'ResourceApplyKerasMomentum' : 'ResourceApplyMomentum';
    apply(op, weight.handle, velocity.handle, scalar(rate), gradient, scalar(momentum));
  });
};
