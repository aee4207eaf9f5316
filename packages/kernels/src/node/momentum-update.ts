import type { KernelFunc } from '@tensorflow/tfjs-core';
import { numberOf } from '../wasm/attributes.ts';
import { input } from '../wasm/run-kernel.ts';
import { borrowVariable } from './borrowed-variable.ts';
import { numbers, tensorflowBackend } from './tensorflow-backend.ts';

/**
 * `MomentumUpdate` in TensorFlow's own update ops, which change variables in place: 9 walks through memory of a weight's size
 * where tfjs's ops make 15.
 *
 * These ops know no weight decay. It goes into the velocity first, divided by the momentum that they will multiply it by.
 */
export const momentumUpdateKernel: KernelFunc = ({ inputs, attrs = {}, ...call }) => {
  const backend = tensorflowBackend(call.backend);
  const { binding } = backend;
  const rate = numberOf(attrs, 'learningRate');
  const momentum = numberOf(attrs, 'momentum');
  const decay = numberOf(attrs, 'weightDecay');
  const caffe = attrs.convention === 'caffe';

  const scalars: number[] = [];
  const scalar = (value: number) => {
    const id = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value));
    scalars.push(id);
    return id;
  };
  const [gradient = -1] = backend.getInputTensorIds([input(inputs, 'gradient')]);
  const weight = borrowVariable(backend, input(inputs, 'weight'), 'zoo-weight');
  const velocity = borrowVariable(backend, input(inputs, 'velocity'), 'zoo-velocity');
  try {
    if (decay !== 0) {
      // v ← v − share·w
      const share = scalar((caffe ? rate * decay : -decay) / momentum);
      const { id } = weight.read();
      binding.executeOp('ResourceApplyGradientDescent', [numbers(backend)], [velocity.handle, share, id], 0);
      // Held any longer, it would keep the weight from being changed in place.
      binding.deleteTensor(id);
    }
    // Keras keeps the rate in the velocity, as Caffe does; TensorFlow leaves it outside, as PyTorch does.
    const op = caffe ? 'ResourceApplyKerasMomentum' : 'ResourceApplyMomentum';
    const operands = [weight.handle, velocity.handle, scalar(rate), gradient, scalar(momentum)];
    binding.executeOp(op, [numbers(backend)], operands, 0);
  } catch (error) {
    weight.giveBack();
    velocity.giveBack();
    throw error;
  } finally {
    for (const id of scalars) binding.deleteTensor(id);
  }
  return [weight, velocity].map((variable) => backend.createOutputTensor(variable.replace()));
};
