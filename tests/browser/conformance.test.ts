/// <reference types="vite/client" />
import '../model-files.test.ts';
import '../presets/initial-signal.test.ts';
import '../training-step.test.ts';

// Every suite of kernels and layers, in one page. Left out: wasm's own kernels, tested with Node's threads, a test that puts a kernel in
// the place of another, and one that wants a page without a backend.
import.meta.glob(
  [
    '../../packages/kernels/src/*.test.ts',
    '../../packages/layers/src/*.test.ts',
    '!../../packages/kernels/src/{wasm,grouped-conv2d-dispatch}.test.ts',
    '!../../packages/layers/src/no-backend.test.ts',
  ],
  { eager: true },
);
