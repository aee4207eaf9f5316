import module from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?raw';
import worker from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js?raw';
import { threadProgram } from './thread-program.ts';

/** Loaded only where there are threads: it is 55 kB. */
export const threadScript = threadProgram(module, worker);
