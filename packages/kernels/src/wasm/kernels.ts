import { conv2dBackpropFilter } from './conv2d-backprop-filter.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import type { KernelOver } from './run-kernel.ts';

/** Every kernel registered for the wasm backend, by tfjs's name. */
export const kernels: Readonly<Record<string, KernelOver>> = {
  Conv2DBackpropFilter: () => conv2dBackpropFilter,
  MaxPoolGrad: () => maxPoolGrad,
};
