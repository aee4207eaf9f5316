/// <reference types="vite/client" />
import '../model-files.test.ts';
import '../training-step.test.ts';

// Every suite of kernels and layers, in one page. Left out: wasm's own kernels, tested with Node's threads, and a test that puts a
// kernel in the place of another.
import.meta.glob(
  [
    '../../packages/kernels/src/*.test.ts',
    '../../packages/layers/src/*.test.ts',
    '!../../packages/kernels/src/{wasm,grouped-conv2d-dispatch}.test.ts',
  ],
  { eager: true },
);
