import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';

/** The input of that name, checked. */
export function input(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const info = inputs[name];
  if (info) return info;
  throw new ZooError('backend', `@zoo/kernels: a kernel got no input '${name}'. Use tfjs-core 4.22.`);
}
