import type { KernelFunc } from '@tensorflow/tfjs-core';
import { input } from '../kernel-call/input.ts';
import { reluGrad } from '../relu-gradient.ts';
import { elementType, execute, tensorflowBackend } from './tensorflow-backend.ts';

/** `ReluGrad`, which TensorFlow has under the same name. */
export const reluGradKernel: KernelFunc = ({ inputs, backend }) => {
  const tensorflow = tensorflowBackend(backend);
  const ids = tensorflow.getInputTensorIds([input(inputs, 'dy'), input(inputs, 'x')]);
  return tensorflow.createOutputTensor(execute(tensorflow, reluGrad, [elementType(tensorflow)], ids));
};
