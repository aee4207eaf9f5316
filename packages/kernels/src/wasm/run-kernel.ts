import { getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import type { WasmBackend } from './backend.ts';

/** The one output of a kernel. */
export function single(output: TensorInfo | TensorInfo[]): TensorInfo {
  if (!Array.isArray(output)) return output;
  throw new ZooError('backend', 'wasm kernels: a kernel of one output gave several. Use tfjs-backend-wasm 4.22.');
}

/** Another kernel of the wasm backend, run outside the tape: the caller disposes what it returns. */
export function runKernel(
  backend: WasmBackend,
  name: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap,
): TensorInfo {
  const kernel = getKernel(name, 'wasm');
  if (!kernel)
    throw new ZooError(
      'backend',
      `wasm kernels: kernel ${name} is missing. Import @tensorflow/tfjs-backend-wasm 4.22.`,
    );
  return single(kernel.kernelFunc({ inputs, backend, attrs }));
}
