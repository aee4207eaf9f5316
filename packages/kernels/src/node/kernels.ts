import type { KernelOver } from '../kernel-call/register.ts';
import { momentumUpdate } from '../momentum-update.ts';
import { reluGrad } from '../relu-gradient.ts';
import { conv2d } from './conv2d.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import { momentumUpdateKernel } from './momentum-update.ts';
import { reluGradKernel } from './relu-grad.ts';
import { sum } from './sum.ts';

/** Every kernel registered for tfjs-node's backend: slow there, or reached by no op of tfjs. */
export const kernels: Readonly<Record<string, KernelOver>> = {
  [reluGrad]: () => reluGradKernel,

  Sum: sum,
};

/** Those which are registered where TensorFlow computes on the processor only: on a GPU they are not proved. */
export const processorKernels: Readonly<Record<string, KernelOver>> = {
  [momentumUpdate]: () => momentumUpdateKernel,

  Conv2D: conv2d,
  MaxPoolGrad: maxPoolGrad,
};
