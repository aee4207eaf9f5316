import type * as tfjsWebgpu from '@tensorflow/tfjs-backend-webgpu';
import { missingPackage } from '../missing-package.ts';

/**
 * tfjs's webgpu backend, where the program has it. Bundlers let a package be missing if its name is in an `import()`
 * between `try` and `catch`: webpack and esbuild warn, Vite and Rollup leave a module that fails when it is loaded.
 */
export async function loadWebgpuPackage(): Promise<typeof tfjsWebgpu> {
  try {
    return await import('@tensorflow/tfjs-backend-webgpu');
  } catch (cause) {
    throw missingPackage('@tensorflow/tfjs-backend-webgpu', cause);
  }
}
