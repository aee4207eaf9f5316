import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import { input } from '../kernel-call/input.ts';
import type { WasmBackend } from './backend.ts';
import { runKernel } from './run-kernel.ts';

/** tfjs's kernels of the activations that a convolution or product may be fused with; `relu` is computed along with it. */
const kernels: Readonly<Record<string, string>> = {
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

/** What follows the product itself in a fused kernel. */
export interface Epilogue {
  /** A bias that the product adds along: one number a column. */
  bias: TensorInfo | undefined;
  relu: boolean;
  /** What is left to do. */
  finish(product: TensorInfo): TensorInfo;
}

/** Reads the attributes and inputs of `FusedConv2D` and `_FusedMatMul`. A bias of another shape is added afterwards. */
export function epilogue(
  backend: WasmBackend,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap,
  columns: number,
): Epilogue {
  const { activation = 'linear', leakyreluAlpha } = attrs;
  const { bias } = inputs;
  const simple = bias === undefined || (bias.shape.length === 1 && bias.shape[0] === columns);
  const relu = simple && activation === 'relu';
  const kernel = activation === 'relu' ? 'Relu' : kernels[String(activation)];
  if (activation !== 'linear' && !kernel)
    throw new ZooError('backend', `wasm kernels: unknown activation ${activation}. Apply it on its own.`);
  const replace = (x: TensorInfo, next: TensorInfo): TensorInfo => {
    backend.disposeData(x.dataId);
    return next;
  };
  return {
    bias: simple ? bias : undefined,
    relu,
    finish(product) {
      let y = product;
      if (!simple) y = replace(y, runKernel(backend, 'Add', { a: y, b: bias }, {}));
      if (!kernel || relu) return y;
      const alpha = kernel === 'Prelu' ? { alpha: input(inputs, 'preluActivationWeights') } : {};
      return replace(y, runKernel(backend, kernel, { x: y, ...alpha }, { alpha: Number(leakyreluAlpha ?? 0) }));
    },
  };
}
