/**
 * From the kind of a job to the function that does one of its items. A switch, and no table of function pointers:
 * those would need data at fixed addresses of a heap that is tfjs's.
 */
import { adamSpan } from './adam-update';
import { lrnGradPixels, lrnPixels } from './lrn';
import { momentumSpan } from './momentum-update';
import { avgPoolGradPart, maxPoolGradPart } from './pool-backward';
import { avgPoolRows, maxPoolRows } from './pool-forward';
import { copyFewChannels } from './few-channels';
import { fewChannelsFilterRows } from './few-channels-filter';
import { fewChannelsWindows } from './few-channels-forward';
import { dotBlock } from './few-rows-dot';
import { finishSweeps, sweepBlock } from './few-rows-sweep';
import { multiplyBlock, packShared } from './product';
import { reluGradSpan, reluSpan } from './relu';
import { shallowRows } from './shallow';
import { spreadLines } from './sub-pixels';
import { sumBlock } from './sum-rows';
import { winogradTiles } from './winograd/convolve';
import { winogradEvaluate, winogradFilterSlopes, winogradSum } from './winograd/backprop-filter';
import { winogradFilter } from './winograd/filter';
import { withinChannelRows, withinChannelSlopeRows, withinChannelTermRows } from './within-channel-lrn';

export namespace Kind {
  export const sumRows = 1;
  export const packShared = 2;
  export const multiplyBlock = 3;
  export const fewRows = 4;
  export const fewRowsTransposed = 5;
  export const relu = 6;
  export const reluGrad = 7;
  export const momentumUpdate = 8;
  export const adamUpdate = 9;
  export const maxPool = 10;
  export const avgPool = 11;
  export const maxPoolGrad = 12;
  export const avgPoolGrad = 13;
  export const lrn = 14;
  export const lrnGrad = 15;
  export const withinChannelLrn = 16;
  export const withinChannelTerms = 17;
  export const withinChannelSlopes = 18;
  export const winogradFilter = 19;
  export const winogradTiles = 20;
  export const winogradEvaluate = 21;
  export const winogradSum = 22;
  export const winogradFilterSlopes = 23;
  export const copyFewChannels = 24;
  export const fewChannels = 25;
  export const fewChannelsFilter = 26;
  export const shallow = 27;
  export const spreadSubPixels = 28;
  export const finishFewRows = 29;
}

export function runItem(kind: i32, item: i32, thread: i32): void {
  switch (kind) {
    case Kind.sumRows:
      return sumBlock(item);
    case Kind.packShared:
      return packShared(item, thread);
    case Kind.multiplyBlock:
      return multiplyBlock(item, thread);
    case Kind.fewRows:
      return sweepBlock(item, thread);
    case Kind.fewRowsTransposed:
      return dotBlock(item, thread);
    case Kind.relu:
      return reluSpan(item);
    case Kind.reluGrad:
      return reluGradSpan(item);
    case Kind.momentumUpdate:
      return momentumSpan(item);
    case Kind.adamUpdate:
      return adamSpan(item);
    case Kind.maxPool:
      return maxPoolRows(item);
    case Kind.avgPool:
      return avgPoolRows(item);
    case Kind.maxPoolGrad:
      return maxPoolGradPart(item);
    case Kind.avgPoolGrad:
      return avgPoolGradPart(item);
    case Kind.lrn:
      return lrnPixels(item, thread);
    case Kind.lrnGrad:
      return lrnGradPixels(item, thread);
    case Kind.withinChannelLrn:
      return withinChannelRows(item);
    case Kind.withinChannelTerms:
      return withinChannelTermRows(item);
    case Kind.withinChannelSlopes:
      return withinChannelSlopeRows(item);
    case Kind.winogradFilter:
      return winogradFilter(item, thread);
    case Kind.winogradTiles:
      return winogradTiles(item, thread);
    case Kind.winogradEvaluate:
      return winogradEvaluate(item, thread);
    case Kind.winogradSum:
      return winogradSum(item);
    case Kind.winogradFilterSlopes:
      return winogradFilterSlopes(item, thread);
    case Kind.copyFewChannels:
      return copyFewChannels(item);
    case Kind.fewChannels:
      return fewChannelsWindows(item, thread);
    case Kind.fewChannelsFilter:
      return fewChannelsFilterRows(item, thread);
    case Kind.shallow:
      return shallowRows(item, thread);
    case Kind.spreadSubPixels:
      return spreadLines(item);
    case Kind.finishFewRows:
      return finishSweeps(item);
    default:
      unreachable();
  }
}
