import type { KernelFunc } from '@tensorflow/tfjs-core';
import { reluGrad } from '../relu-gradient.ts';
import { input } from '../wasm/run-kernel.ts';
import { execute, numbers, tensorflowBackend } from './tensorflow-backend.ts';

/** `ReluGrad`, which TensorFlow has under the same name. */
export const reluGradKernel: KernelFunc = ({ inputs, backend }) => {
  const tensorflow = tensorflowBackend(backend);
  const ids = tensorflow.getInputTensorIds([input(inputs, 'dy'), input(inputs, 'x')]);
  return tensorflow.createOutputTensor(execute(tensorflow, reluGrad, [numbers(tensorflow)], ids));
};
