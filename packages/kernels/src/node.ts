import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { kernels, processorKernels } from './node/kernels.ts';
import { registerReluGradient } from './relu-gradient.ts';

const backendName = 'tensorflow';
const registered = new Map<string, KernelFunc>();

/**
 * Registers the kernels that make training on tfjs-node's backend as fast as TensorFlow can be, over its own where those are
 * slow. To be called once tfjs-node is loaded, which registers its own; calling it again changes nothing.
 *
 * @param options.gpu TensorFlow computes on a GPU.
 */
export function registerNodeKernels({ gpu = false }: { gpu?: boolean } = {}): void {
  for (const [kernelName, over] of Object.entries(gpu ? kernels : { ...kernels, ...processorKernels })) {
    const stock = getKernel(kernelName, backendName);
    if (stock && stock.kernelFunc === registered.get(kernelName)) continue;
    const kernelFunc = over(stock?.kernelFunc);
    if (stock) unregisterKernel(kernelName, backendName);
    registerKernel({ ...stock, kernelName, backendName, kernelFunc });
    registered.set(kernelName, kernelFunc);
  }
  registerReluGradient();
}
