import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { elementType, execute, tensorflowBackend, text } from './tensorflow-backend.ts';

/** Whether all axes but the last are summed, and dropped. */
function isBiasGradient({ length: rank }: number[], { axis, keepDims }: NamedAttrMap): boolean {
  if (keepDims || !Array.isArray(axis) || axis.length !== rank - 1 || rank < 2) return false;
  return axis.every((one) => typeof one === 'number' && (one + rank) % rank < rank - 1);
}

/**
 * `Sum` over all axes but the last is what a bias's gradient is, for which TensorFlow has an op that takes memory as it lies:
 * 0.6 ms against 2.0 at conv1 with batch 32.
 */
export const sum: KernelOver = (stock) => (params) => {
  const x = input(params.inputs, 'x');
  if (x.dtype === 'float32' && isBiasGradient(x.shape, params.attrs ?? {})) {
    const backend = tensorflowBackend(params.backend);
    const attributes = [elementType(backend), text(backend, 'data_format', 'NHWC')];
    return backend.createOutputTensor(execute(backend, 'BiasAddGrad', attributes, backend.getInputTensorIds([x])));
  }
  return stock(params);
};
