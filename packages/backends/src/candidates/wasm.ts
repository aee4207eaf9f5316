import { installAdvice } from '#platform/advice';
import type { Candidate } from '../candidate.ts';

/** WebAssembly with SIMD and, where it can, threads: fast without anything to install, and trains with @zoo/kernels/wasm. */
export const wasm: Candidate = {
  tfjsName: 'wasm',
  fix: installAdvice('@tensorflow/tfjs-backend-wasm'),
  async load() {
    await import('../wasm/start.ts');
  },
  async start(options) {
    const { startWasm } = await import('../wasm/start.ts');
    return startWasm(options);
  },
};
