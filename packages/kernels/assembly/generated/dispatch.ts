/**
 * From the kind of a job to the function that does one of its items. A switch, and no table of function pointers:
 * those would need data at fixed addresses of a heap that is tfjs's.
 * Generated from the rooms by npm run build:wasm. Do not edit.
 */
import { fewChannelsFilterRows } from '../convolution/few-channels-filter';
import { fewChannelsWindows } from '../convolution/few-channels-forward';
import { copyFewChannels } from '../convolution/few-channels';
import { spreadLines } from '../convolution/sub-pixels';
import { winogradEvaluate, winogradSum, winogradFilterGradients } from '../convolution/winograd/backprop-filter';
import { winogradTiles } from '../convolution/winograd/convolve';
import { winogradFilter } from '../convolution/winograd/filter';
import { dotBlock } from '../dense/few-rows-dot';
import { sweepBlock, finishSweeps } from '../dense/few-rows-sweep';
import { shallowRows } from '../dense/shallow';
import { sumBlock } from '../dense/sum-rows';
import { adamSpan } from '../elementwise/adam-update';
import { momentumSpan } from '../elementwise/momentum-update';
import { reluSpan, reluGradSpan } from '../elementwise/relu';
import { multiplyBlock } from '../gemm/multiply-block';
import { packShared } from '../gemm/pack/pack';
import { lrnPixels, lrnGradPixels } from '../normalization/lrn';
import { withinChannelRows, withinChannelTermRows, withinChannelGradientRows } from '../normalization/within-channel-lrn';
import { maxPoolGradPart, avgPoolGradPart } from '../pooling/backward';
import { maxPoolRows, avgPoolRows } from '../pooling/forward';

export namespace Kind {
  export const fewChannelsFilterRows = 1;
  export const fewChannelsWindows = 2;
  export const copyFewChannels = 3;
  export const spreadLines = 4;
  export const winogradEvaluate = 5;
  export const winogradSum = 6;
  export const winogradFilterGradients = 7;
  export const winogradTiles = 8;
  export const winogradFilter = 9;
  export const dotBlock = 10;
  export const sweepBlock = 11;
  export const finishSweeps = 12;
  export const shallowRows = 13;
  export const sumBlock = 14;
  export const adamSpan = 15;
  export const momentumSpan = 16;
  export const reluSpan = 17;
  export const reluGradSpan = 18;
  export const multiplyBlock = 19;
  export const packShared = 20;
  export const lrnPixels = 21;
  export const lrnGradPixels = 22;
  export const withinChannelRows = 23;
  export const withinChannelTermRows = 24;
  export const withinChannelGradientRows = 25;
  export const maxPoolGradPart = 26;
  export const avgPoolGradPart = 27;
  export const maxPoolRows = 28;
  export const avgPoolRows = 29;
}

export function runItem(kind: i32, item: i32, thread: i32): void {
  switch (kind) {
    case Kind.fewChannelsFilterRows:
      return fewChannelsFilterRows(item, thread);
    case Kind.fewChannelsWindows:
      return fewChannelsWindows(item, thread);
    case Kind.copyFewChannels:
      return copyFewChannels(item);
    case Kind.spreadLines:
      return spreadLines(item);
    case Kind.winogradEvaluate:
      return winogradEvaluate(item, thread);
    case Kind.winogradSum:
      return winogradSum(item);
    case Kind.winogradFilterGradients:
      return winogradFilterGradients(item, thread);
    case Kind.winogradTiles:
      return winogradTiles(item, thread);
    case Kind.winogradFilter:
      return winogradFilter(item, thread);
    case Kind.dotBlock:
      return dotBlock(item, thread);
    case Kind.sweepBlock:
      return sweepBlock(item, thread);
    case Kind.finishSweeps:
      return finishSweeps(item);
    case Kind.shallowRows:
      return shallowRows(item, thread);
    case Kind.sumBlock:
      return sumBlock(item);
    case Kind.adamSpan:
      return adamSpan(item);
    case Kind.momentumSpan:
      return momentumSpan(item);
    case Kind.reluSpan:
      return reluSpan(item);
    case Kind.reluGradSpan:
      return reluGradSpan(item);
    case Kind.multiplyBlock:
      return multiplyBlock(item, thread);
    case Kind.packShared:
      return packShared(item, thread);
    case Kind.lrnPixels:
      return lrnPixels(item, thread);
    case Kind.lrnGradPixels:
      return lrnGradPixels(item, thread);
    case Kind.withinChannelRows:
      return withinChannelRows(item);
    case Kind.withinChannelTermRows:
      return withinChannelTermRows(item);
    case Kind.withinChannelGradientRows:
      return withinChannelGradientRows(item);
    case Kind.maxPoolGradPart:
      return maxPoolGradPart(item);
    case Kind.avgPoolGradPart:
      return avgPoolGradPart(item);
    case Kind.maxPoolRows:
      return maxPoolRows(item);
    case Kind.avgPoolRows:
      return avgPoolRows(item);
    default:
      unreachable();
  }
}
