// What the module exports. Every kernel answers with a status (threads/status.ts), every plan with bytes of scratch.
export { initialize } from './threads/job';
export { enter, serve, fail } from './threads/pool';
export * from './gemm/entries';
export * from './convolution/entries';
export * from './convolution/winograd/entries';
export * from './dense/entries';
export * from './pooling/entries';
export * from './normalization/entries';
export * from './elementwise/entries';
