import { adamUpdate } from '../adam-update.ts';
import { clippedAvgPool, clippedAvgPoolGrad } from '../avg-pool2d.ts';
import { groupedConv, groupedConvBackpropFilter, groupedConvBackpropInput } from '../grouped-conv2d.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { momentumUpdate, nesterovUpdate } from '../momentum-update.ts';
import { reluGrad } from '../relu-gradient.ts';
import { sumElementsKernel } from '../sum-elements.ts';
import { withinChannelLrn, withinChannelLrnGrad } from '../within-channel-normalization.ts';
import { adamUpdateKernel } from './adam-update.ts';
import { batchMatMul } from './batch-mat-mul.ts';
import { clippedAvgPoolGradKernel, clippedAvgPoolKernel } from './clipped-avg-pool.ts';
import {
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  fusedConv2d,
  groupedConv2dBackpropFilter,
  groupedConv2dBackpropInput,
  groupedConv2dKernel,
} from './conv2d.ts';
import { conv3dBackpropInput } from './conv3d-backprop-input.ts';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-gradients.ts';
import { fusedMatMul } from './fused-mat-mul.ts';
import { identity } from './identity.ts';
import { lrn, lrnGrad } from './lrn.ts';
import { maxPool, maxPoolGrad } from './max-pool.ts';
import { momentumUpdateKernel, nesterovUpdateKernel } from './momentum-update.ts';
import { relu, reluGradKernel } from './relu.ts';
import { sum } from './sum.ts';
import { sumElementsOnWasm } from './sum-elements.ts';
import { unsortedSegmentSum } from './unsorted-segment-sum.ts';
import { withinChannelLrnGradKernel, withinChannelLrnKernel } from './within-channel-lrn.ts';

/** Every kernel registered for the wasm backend: missing in tfjs, wrong there, or slow there. */
export const kernels: Readonly<Record<string, KernelOver>> = {
  Conv2DBackpropFilter: () => conv2dBackpropFilter,
  [groupedConv]: () => groupedConv2dKernel,
  [groupedConvBackpropInput]: () => groupedConv2dBackpropInput,
  [groupedConvBackpropFilter]: () => groupedConv2dBackpropFilter,
  [clippedAvgPool]: () => clippedAvgPoolKernel,
  [clippedAvgPoolGrad]: () => clippedAvgPoolGradKernel,
  [withinChannelLrn]: () => withinChannelLrnKernel,
  [withinChannelLrnGrad]: () => withinChannelLrnGradKernel,

  [reluGrad]: () => reluGradKernel,
  [momentumUpdate]: () => momentumUpdateKernel,
  [nesterovUpdate]: () => nesterovUpdateKernel,
  [adamUpdate]: () => adamUpdateKernel,
  [sumElementsKernel]: () => sumElementsOnWasm,

  Conv3DBackpropInputV2: () => conv3dBackpropInput,
  DepthwiseConv2dNativeBackpropFilter: () => depthwiseBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: () => depthwiseBackpropInput,
  MaxPoolGrad: () => maxPoolGrad,
  UnsortedSegmentSum: () => unsortedSegmentSum,

  BatchMatMul: batchMatMul,
  Conv2D: () => conv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  FusedConv2D: () => fusedConv2d,
  Identity: () => identity,
  LRN: () => lrn,
  LRNGrad: () => lrnGrad,
  MaxPool: maxPool,
  Relu: relu,
  Sum: sum,
  _FusedMatMul: fusedMatMul,
};
