import { ZooError } from '@zoo/core';

/** The browser's own, or none. */
export async function provideGpu(): Promise<void> {
  if ('gpu' in navigator) return;
  throw new ZooError(
    'backend',
    'webgpu: this browser has no WebGPU, or the page is not served by https. Use a newer browser, or the backend wasm.',
  );
}

/** A browser reports its adapters. */
export const mayHaveGraphicsCard = (): boolean => true;

export const softwareAdvice =
  'To compute on the processor instead, which is slower than wasm: start the browser with --enable-unsafe-webgpu, and pass software: true.';

/** The packages that the backend webgpu needs here. */
export const packages = ['@tensorflow/tfjs-backend-webgpu'];
