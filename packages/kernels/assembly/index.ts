// What the module exports. Every kernel answers with a status, see pool.ts; a plan with bytes of scratch, see product.ts.
export { initialize, enter, serve, fail } from './pool';
export { planSumRows, sumRows } from './sum-rows';
export { planMatMul } from './mat-mul';
export { planConv2d, planConv2dBackpropFilter } from './conv2d';
export { planConv2dBackpropInput } from './conv2d-backprop-input';
export { planWinograd, planWinogradBackpropInput, planWinogradPanels, winograd, winogradPanels } from './winograd';
export { planWinogradBackpropFilter, winogradBackpropFilter } from './winograd-backprop-filter';
export { multiply } from './product';
export { bareTiles } from './tile';
export { fewRows, planFewRows, fewRowsTransposed } from './few-rows';
export { relu, reluGrad } from './relu';
export { momentumUpdate } from './momentum-update';
export { adamUpdate } from './adam-update';
export { setWindows } from './windows';
export { maxPool, avgPool } from './pool-forward';
export { maxPoolGrad, avgPoolGrad } from './pool-backward';
export { lrn, lrnGrad } from './lrn';
export { withinChannelLrn, withinChannelLrnGrad } from './within-channel-lrn';
