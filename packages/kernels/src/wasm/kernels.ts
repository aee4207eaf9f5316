import { clippedAvgPool, clippedAvgPoolGrad } from '../avg-pool2d.ts';
import { withinChannelLrn, withinChannelLrnGrad } from '../within-channel-normalization.ts';
import { batchMatMul } from './batch-mat-mul.ts';
import { clippedAvgPoolGradKernel, clippedAvgPoolKernel } from './clipped-avg-pool.ts';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.ts';
import { conv2dBackpropInput } from './conv2d-backprop-input.ts';
import { fusedMatMul } from './fused-mat-mul.ts';
import { identity } from './identity.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import type { KernelOver } from './run-kernel.ts';
import { sum } from './sum.ts';
import { withinChannelLrnGradKernel, withinChannelLrnKernel } from './within-channel-lrn.ts';

/** Every kernel registered for the wasm backend: missing in tfjs, wrong there, or slow there. */
export const kernels: Readonly<Record<string, KernelOver>> = {
  Conv2DBackpropFilter: () => conv2dBackpropFilter,
  [clippedAvgPool]: () => clippedAvgPoolKernel,
  [clippedAvgPoolGrad]: () => clippedAvgPoolGradKernel,
  [withinChannelLrn]: () => withinChannelLrnKernel,
  [withinChannelLrnGrad]: () => withinChannelLrnGradKernel,

  MaxPoolGrad: () => maxPoolGrad,

  BatchMatMul: batchMatMul,
  Conv2DBackpropInput: conv2dBackpropInput,
  Identity: () => identity,
  Sum: sum,
  _FusedMatMul: fusedMatMul,
};
