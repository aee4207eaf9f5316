import { registerOver } from './kernel-call/register.ts';
import { maxPoolGrad } from './webgpu/max-pool-grad.ts';

/**
 * Registers the kernels in which tfjs's webgpu backend differs from its others. Importing this entry calls it; calling it
 * again changes nothing. `@tensorflow/tfjs-backend-webgpu` is to be imported before: it registers its own kernels.
 */
export function registerWebgpuKernels(): void {
  registerOver('webgpu', { MaxPoolGrad: () => maxPoolGrad });
}

registerWebgpuKernels();
