import '@tensorflow/tfjs-backend-cpu';
import { convFilterGradient } from './cpu/conv-filter-gradient.ts';
import { registerOver } from './kernel-call/register.ts';

/**
 * Registers the kernels that make training on tfjs's cpu backend several times as fast. Importing this entry calls it; calling it
 * again changes nothing.
 */
export function registerCpuKernels(): void {
  registerOver('cpu', { Conv2DBackpropFilter: convFilterGradient });
}

registerCpuKernels();
