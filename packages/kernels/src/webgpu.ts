import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { maxPoolGrad } from './webgpu/max-pool-grad.ts';

/** Every kernel registered for the webgpu backend, over tfjs's own. */
const kernels: Readonly<Record<string, KernelFunc>> = { MaxPoolGrad: maxPoolGrad };

/**
 * Registers the kernels in which tfjs's webgpu backend differs from its others. Importing this entry calls it; calling it
 * again changes nothing. `@tensorflow/tfjs-backend-webgpu` is to be imported before: it registers its own kernels.
 */
export function registerWebgpuKernels(): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    const stock = getKernel(kernelName, 'webgpu');
    if (stock?.kernelFunc === kernelFunc) continue;
    if (stock) unregisterKernel(kernelName, 'webgpu');
    registerKernel({ ...stock, kernelName, backendName: 'webgpu', kernelFunc });
  }
}

registerWebgpuKernels();
